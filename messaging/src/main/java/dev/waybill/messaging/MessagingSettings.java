package dev.waybill.messaging;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How a service takes part in messaging: {@code waybill.messaging.*}.
 *
 * @param source what stands in {@code ce_source} of everything the service says
 * @param groupPrefix consumer groups are named {@code <prefix>.<subscription>}
 */
@Validated
@ConfigurationProperties("waybill.messaging")
public record MessagingSettings(
        @NotBlank String source,
        @NotBlank String groupPrefix,
        @DefaultValue Relay relay,
        @DefaultValue Consumer consumer) {

    /**
     * The publisher.
     *
     * @param batchSize rows that are read, sent and marked together
     * @param lease how long a publisher that fell silent keeps its place; a successor takes over after that
     * @param idlePoll longest pause between two looks for rows that another replica wrote; rows of our own wake it at once
     */
    public record Relay(
            @Min(1) @Max(10_000) @DefaultValue("500") int batchSize,
            @DefaultValue("3s") Duration lease,
            @DefaultValue("100ms") Duration idlePoll) {}

    /**
     * Every subscription's consumers.
     *
     * @param concurrency threads for each subscription; more than the partitions have nothing to do
     * @param batchSize records that are handled in one transaction, at most
     * @param attempts how often a message that fails is tried, one by one, before it is parked
     * @param sessionTimeout after how long a consumer that fell silent loses its partitions
     * @param longestBackoff longest pause between two attempts while a database or broker is away
     */
    public record Consumer(
            @Min(1) @Max(12) @DefaultValue("1") int concurrency,
            @Min(1) @Max(10_000) @DefaultValue("500") int batchSize,
            @Min(1) @Max(10) @DefaultValue("3") int attempts,
            @DefaultValue("6s") Duration sessionTimeout,
            @DefaultValue("10s") Duration longestBackoff) {}
}
