package dev.waybill.console.flow;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * @param every how often every service is asked
 * @param hurts from where on a figure is said to hurt
 */
@Validated
@ConfigurationProperties("waybill.console.flow")
record FlowSettings(@DefaultValue("5s") Duration every, @DefaultValue Thresholds hurts) {

    /**
     * From where on something hurts: beyond these. They are those of the alerts (observability/prometheus/rules), so that page and alert tell of
     * the same; only that an alert waits for a while whether it passes, and the page does not. What is not here hurts as soon as there is any.
     *
     * @param behind       age of the oldest message that a consumer group has not handled
     * @param farBehind    the same, when it is critical
     * @param lagUnknown   since the broker was last asked
     * @param outboxOldest age of the oldest message that is not published
     * @param outboxHeldUp for how long publication waits for a transaction
     * @param outsideCalls age of the oldest call without an answer
     * @param mails        age of the oldest mail that is not sent
     * @param connections  threads that wait for one to the database
     * @param standStill   sagas started in ten minutes of which none has ended
     */
    record Thresholds(
            @DefaultValue("30s") Duration behind,
            @DefaultValue("300s") Duration farBehind,
            @DefaultValue("60s") Duration lagUnknown,
            @DefaultValue("60s") Duration outboxOldest,
            @DefaultValue("5000") long outboxBacklog,
            @DefaultValue("10s") Duration outboxHeldUp,
            @DefaultValue("300s") Duration outsideCalls,
            @DefaultValue("900s") Duration mails,
            @DefaultValue("5000") long orderBacklog,
            @DefaultValue("5") long connections,
            @DefaultValue("5") long standStill) {}
}
