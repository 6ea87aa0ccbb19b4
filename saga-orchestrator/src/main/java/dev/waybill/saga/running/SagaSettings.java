package dev.waybill.saga.running;

import dev.waybill.saga.engine.Patience;
import dev.waybill.saga.engine.Saga;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * What can be set about running sagas.
 *
 * @param sweepEvery how often it is looked for due deadlines
 * @param sweepLimit how many due sagas are moved in one transaction
 * @param countEvery how often the running sagas are counted for the metrics
 * @param overdueAfter how long a saga may be on its way without coming further before it is counted as overdue
 * @param tentative how long a step before the pivot is waited for
 * @param persistent how long everything else is waited for
 */
@Validated
@ConfigurationProperties("waybill.saga")
record SagaSettings(
        @DefaultValue("500ms") Duration sweepEvery,
        @DefaultValue("100") @Min(1) @Max(10_000) int sweepLimit,
        @DefaultValue("10s") Duration countEvery,
        @DefaultValue("10m") Duration overdueAfter,
        @DefaultValue Waiting tentative,
        @DefaultValue Waiting persistent) {

    /** The definition, with the patience that is set. */
    <S> Saga<S> applyTo(Saga<S> definition) {
        return definition.waiting(tentative.or(Patience.TENTATIVE), persistent.or(Patience.PERSISTENT));
    }

    /**
     * See {@link Patience}.
     *
     * @param attempts none stands for the usual: 27 before the pivot, else 12
     */
    record Waiting(
            @DefaultValue("30s") Duration first,
            @DefaultValue("5m") Duration longest,
            @DefaultValue("0") @Min(0) int attempts) {

        Patience or(Patience usual) {
            return new Patience(first, longest, attempts == 0 ? usual.attempts() : attempts);
        }
    }
}
