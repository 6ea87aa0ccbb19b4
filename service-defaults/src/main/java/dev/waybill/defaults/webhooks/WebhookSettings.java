package dev.waybill.defaults.webhooks;

import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * @param secret what those who send webhooks to this service sign them with; needed where it takes any
 * @param tolerance so far the sender's clock and ours may be apart, the way included; an older one is refused, as is one from
 *     the future
 * @param retention for so long a webhook that was taken is kept. Longer than its sender sends it again: one that comes later
 *     is new
 * @param cleanupInterval pause between two looks for older ones
 */
@Validated
@ConfigurationProperties("waybill.webhooks")
record WebhookSettings(
        @NotNull @DefaultValue("") String secret,
        @NotNull @DurationMin(seconds = 1) @DefaultValue("5m") Duration tolerance,
        @NotNull @DurationMin(days = 1) @DefaultValue("30d") Duration retention,
        @NotNull @DurationMin(seconds = 1) @DefaultValue("1h") Duration cleanupInterval) {

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "WebhookSettings[tolerance=%s, retention=%s, cleanupInterval=%s]"
                .formatted(tolerance, retention, cleanupInterval);
    }
}
