package dev.waybill.console.live;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * Streams that tell pages when to look again: {@code waybill.console.live.*}.
 *
 * @param atOnce    how many there may be; each holds a connection and a virtual thread
 * @param every     pause between two looks at the same thing, however many watch it
 * @param heartbeat the longest silence. Pages take fifteen seconds of it for a stream that is broken (live.js)
 */
@Validated
@ConfigurationProperties("waybill.console.live")
record LiveSettings(
        @Min(1) @Max(2_000) @DefaultValue("200") int atOnce,
        @DurationMin(millis = 10) @DefaultValue("2s") Duration every,
        @DurationMin(millis = 10) @DurationMax(seconds = 10) @DefaultValue("10s") Duration heartbeat) {}
