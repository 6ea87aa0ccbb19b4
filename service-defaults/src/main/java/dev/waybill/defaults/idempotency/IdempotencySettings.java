package dev.waybill.defaults.idempotency;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * @param atOnce how many requests are carried out at the same time, at most; the others wait in the order of their coming. Fewer
 *     than the pool has connections: some are for what is not asked for by a request
 * @param longestWait so long a request waits for its turn, before it is told to come again
 * @param retention how long a first answer is kept
 * @param cleanupInterval pause between two looks for older ones
 */
@Validated
@ConfigurationProperties("waybill.idempotency")
record IdempotencySettings(
        @Min(1) @DefaultValue("6") int atOnce,
        @NotNull @DurationMin(seconds = 1) @DefaultValue("10s") Duration longestWait,
        @NotNull @DurationMin(hours = 24) @DefaultValue("48h") Duration retention,
        @NotNull @DurationMin(seconds = 1) @DefaultValue("10m") Duration cleanupInterval) {}
