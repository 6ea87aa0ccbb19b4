package dev.waybill.console.lag;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where the broker is, and who has to read from it.
 *
 * @param expected   consumer groups that are shown though the broker has never heard of them, or has forgotten them
 * @param every      how often the broker is asked
 * @param keep       how long the history of lag is kept
 * @param patience   how long the broker is waited for, by each question
 * @param properties of the Kafka clients, where the broker wants TLS or a password
 */
@Validated
@ConfigurationProperties("waybill.console.consumers")
record ConsumerSettings(@NotBlank String bootstrapServers, @DefaultValue List<String> expected,
        @DefaultValue("5s") Duration every, @DefaultValue("24h") Duration keep,
        @DefaultValue("10s") Duration patience,
        @DefaultValue Map<String, String> properties) {}
