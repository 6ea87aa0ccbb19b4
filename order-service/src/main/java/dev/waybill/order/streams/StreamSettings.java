package dev.waybill.order.streams;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * Streams of an order's status: {@code waybill.order.streams.*}.
 *
 * @param atOnce how many there may be in this process; each holds a connection and a virtual thread
 * @param look pause between two looks at the orders that are watched, with one query for all of them
 * @param heartbeat the longest silence, so that nobody on the way takes the stream for dead, and we notice who has gone
 */
@Validated
@ConfigurationProperties("waybill.order.streams")
record StreamSettings(
        @Min(1) @Max(8_000) @DefaultValue("1000") int atOnce,
        @DefaultValue("500ms") Duration look,
        @DefaultValue("15s") Duration heartbeat) {}
