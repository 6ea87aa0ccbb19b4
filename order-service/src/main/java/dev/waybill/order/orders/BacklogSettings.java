package dev.waybill.order.orders;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How many orders may wait to be fulfilled: {@code waybill.order.backlog.*}.
 *
 * @param most beyond so many no order is placed. By default some four minutes' work of the small machine of docs/performance.md, with
 *        its 42 orders a second: far more than a burst or a restart of a service leaves behind, and far less than what customers
 *        would wait for. Whoever fulfils more a second may let more of them wait
 * @param look pause between two counts; in it each replica may place more than that
 * @param comeAgain what a caller who is refused is told to wait for, in whole seconds
 */
@Validated
@ConfigurationProperties("waybill.order.backlog")
record BacklogSettings(
        @Min(1) @Max(1_000_000) @DefaultValue("10000") int most,
        @DurationMin(millis = 1) @DefaultValue("1s") Duration look,
        @DurationMin(seconds = 1) @DefaultValue("10s") Duration comeAgain) {}
