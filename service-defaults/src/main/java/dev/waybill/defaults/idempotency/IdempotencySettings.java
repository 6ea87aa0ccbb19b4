package dev.waybill.defaults.idempotency;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * @param retention how long a first answer is kept
 * @param cleanupInterval pause between two looks for older ones
 */
@Validated
@ConfigurationProperties("waybill.idempotency")
record IdempotencySettings(
        @NotNull @DurationMin(hours = 24) @DefaultValue("48h") Duration retention,
        @NotNull @DurationMin(seconds = 1) @DefaultValue("10m") Duration cleanupInterval) {}
