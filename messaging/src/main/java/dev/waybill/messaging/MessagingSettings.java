package dev.waybill.messaging;

import dev.waybill.events.Topic;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        @DefaultValue Consumer consumer,
        @DefaultValue Retention retention,
        @DefaultValue Replay replay,
        @DefaultValue Restored restored) {

    /**
     * The publisher.
     *
     * @param batchSize rows that are read, sent and marked together
     * @param lease how long a publisher that fell silent keeps its place; a successor takes over after that
     * @param idlePoll longest pause between two looks for rows that another replica wrote; rows of our own wake it at once
     */
    public record Relay(
            @Min(1) @Max(10_000) @DefaultValue("500") int batchSize,
            @DefaultValue("2s") Duration lease,
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

    /**
     * What is kept, and in which partitions.
     *
     * @param inbox for how long messages are known again, from when they were made; behind that it is up to the aggregates.
     *        Not shorter than a command may lie on its topic
     * @param outbox for how long messages that are published are kept; none keeps them for ever, as an event store
     * @param inboxWeeksAhead weeks for which partitions of the inbox are there before they are needed
     * @param outboxPartition ids in one partition of the outbox: what is dropped at once
     * @param outboxAhead partitions of the outbox that are there before they are needed
     * @param interval pause between two looks
     * @param afterTrouble pause after a look that could not do everything, as somebody held a lock for longer
     * @param parkedActs for how long it is kept what people did about parked messages and paused subscriptions, and why
     */
    public record Retention(
            @DefaultValue("14d") Duration inbox,
            @Nullable Duration outbox,
            @Min(9) @Max(520) @DefaultValue("12") int inboxWeeksAhead,
            @Min(1_000) @DefaultValue("10000000") long outboxPartition,
            @Min(1) @Max(100) @DefaultValue("10") int outboxAhead,
            @DefaultValue("1h") Duration interval,
            @DefaultValue("1m") Duration afterTrouble,
            @DefaultValue("365d") Duration parkedActs) {

        public Retention {
            if (inbox.compareTo(Topic.COMMANDS_REMAIN) < 0) {
                throw new IllegalArgumentException(
                        "waybill.messaging.retention.inbox is %s, but a command may remain on its topic for %s"
                                .formatted(inbox, Topic.COMMANDS_REMAIN));
            }
        }
    }

    /**
     * Publishing the event store again, to another topic.
     *
     * @param ratePerSecond events in a second where a request says nothing else
     * @param lease after how long without a sign of life another replica goes on
     * @param poll longest pause before a replica sees that there is something to do; one that was asked itself sees it at once
     */
    public record Replay(
            @Min(1) @Max(100_000) @DefaultValue("1000") int ratePerSecond,
            @DefaultValue("10s") Duration lease,
            @DefaultValue("5s") Duration poll) {}

    /**
     * A database that is behind what the service has published.
     *
     * @param seenTo records that the outbox does not know and that have been seen to, as {@code order.events-3@1042}: those of
     *        the partition up to this offset
     * @param patience for how long Kafka is asked before the service starts without an answer, and publishes nothing
     */
    public record Restored(@DefaultValue List<String> seenTo, @DefaultValue("5s") Duration patience) {

        private static final Pattern UP_TO = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");

        public Restored {
            seenTo.forEach(Restored::parsed);
        }

        /** The last offset that has been seen to in each partition. */
        public Map<TopicPartition, Long> offsets() {
            return seenTo.stream().map(Restored::parsed)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max));
        }

        private static Map.Entry<TopicPartition, Long> parsed(String text) {
            Matcher matcher = UP_TO.matcher(text.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "waybill.messaging.restored.seen-to names a partition and an offset, like order.events-3@1042, and not "
                                + text);
            }
            var partition = new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2)));
            return Map.entry(partition, Long.parseLong(matcher.group(3)));
        }
    }
}
