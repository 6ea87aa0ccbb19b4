package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.events.Envelope.Header;
import dev.waybill.events.Topic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The last records of the platform's topics, as far as one service has published them; read without a consumer group. Records
 * of others, and those that nobody can read, are passed over; so are partitions that no broker leads just now.
 */
class TopicTails {

    private static final Set<String> NAMES = Arrays.stream(Topic.values()).map(Topic::topicName)
            .collect(Collectors.toSet());
    private static final Duration POLL = Duration.ofMillis(100);
    /** Keys and payloads are not looked at. */
    private static final Deserializer<String> NOTHING = (topic, bytes) -> "";

    private final String source;
    private final Map<String, Object> clientSettings;

    TopicTails(String source, Map<String, Object> clientSettings) {
        this.source = source;
        this.clientSettings = new HashMap<>(clientSettings);
        this.clientSettings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.clientSettings.putAll(Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50,
                // What is read at once has to fit into a small heap.
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000));
    }

    /** A record that the service has published. */
    record Own(long offset, Envelope envelope) {}

    /**
     * The end of one partition.
     *
     * @param whole whether nothing that is of interest stands before it
     * @param own in their order
     */
    record Tail(TopicPartition partition, boolean whole, List<Own> own) {

        /** What of it stands behind this offset. */
        Tail after(long offset) {
            List<Own> after = own.stream().filter(record -> record.offset() > offset).toList();
            return new Tail(partition, whole || after.size() < own.size(), after);
        }
    }

    /**
     * Of every partition that has records, all of them in one go.
     *
     * @param depth how many records are looked at in each, at most
     * @throws KafkaException when the broker does not answer in time
     */
    List<Tail> last(int depth, Duration patience) {
        return read(TopicTails::partitions, depth, patience);
    }

    /** Of these partitions only. */
    List<Tail> last(Collection<TopicPartition> partitions, int depth, Duration patience) {
        return read((_, _) -> List.copyOf(partitions), depth, patience);
    }

    private interface Partitions {
        List<TopicPartition> of(Consumer<?, ?> consumer, Deadline deadline);
    }

    private List<Tail> read(Partitions partitions, int depth, Duration patience) {
        var deadline = new Deadline(System.nanoTime() + patience.toNanos());
        var consumer = new KafkaConsumer<>(clientSettings, NOTHING, NOTHING);
        try {
            List<TopicPartition> all = partitions.of(consumer, deadline);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(all, deadline.left());
            Map<TopicPartition, Long> ends = consumer.endOffsets(all, deadline.left());
            ends.entrySet().removeIf(end -> end.getValue() <= begins.getOrDefault(end.getKey(), 0L));
            consumer.assign(ends.keySet());
            ends.forEach((partition, end) -> consumer.seek(
                    partition, Math.max(begins.getOrDefault(partition, 0L), end - depth)));
            Map<TopicPartition, List<Own>> own = readTo(ends, consumer, deadline);
            return ends.entrySet().stream()
                    .map(end -> new Tail(
                            end.getKey(),
                            end.getValue() - depth <= begins.getOrDefault(end.getKey(), 0L),
                            own.getOrDefault(end.getKey(), List.of())))
                    .toList();
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, Deadline deadline) {
        return consumer.listTopics(deadline.left()).entrySet().stream()
                .filter(topic -> NAMES.contains(topic.getKey())).flatMap(topic -> topic.getValue().stream())
                .filter(partition -> partition.leader() != null && !partition.leader().isEmpty())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
    }

    private Map<TopicPartition, List<Own>> readTo(
            Map<TopicPartition, Long> ends, Consumer<String, String> consumer, Deadline deadline) {
        Map<TopicPartition, List<Own>> own = new HashMap<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            deadline.left();
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                Envelope envelope = envelopeOfOurs(record);
                if (envelope != null) {
                    own.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), _ -> new ArrayList<>())
                            .add(new Own(record.offset(), envelope));
                }
            }
        }
        return own;
    }

    private @Nullable Envelope envelopeOfOurs(ConsumerRecord<String, String> record) {
        Function<String, @Nullable String> headers = name -> header(record, name);
        if (!source.equals(headers.apply(Header.SOURCE))) {
            return null;
        }
        try {
            return Envelope.fromHeaders(headers);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private record Deadline(long nanos) {

        /** What is left of the time; ends the reading where nothing is. */
        Duration left() {
            long left = nanos - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException("The ends of the topics could not be read in time");
            }
            return Duration.ofNanos(left);
        }
    }
}
