package dev.waybill.simulators.webhooks;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * @param webhookSecret what webhooks are signed with; needed as soon as one is to be sent
 * @param webhook how they are sent
 */
@Validated
@ConfigurationProperties("waybill.simulators")
record WebhookSettings(@DefaultValue("") String webhookSecret, @DefaultValue Sending webhook) {

    /**
     * @param attempts how often one is sent before it is given up
     * @param backoff the pause before the second attempt; it doubles from one to the next
     * @param longestBackoff the pause that it does not outgrow
     * @param timeout how long an answer is waited for
     */
    record Sending(
            @DefaultValue("10") @Min(1) int attempts,
            @DefaultValue("200ms") Duration backoff,
            @DefaultValue("10s") Duration longestBackoff,
            @DefaultValue("5s") Duration timeout) {}

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "WebhookSettings[" + webhook + "]";
    }
}
