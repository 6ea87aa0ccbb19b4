package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Letter;
import dev.waybill.system.auditor.reading.Outboxes.Full;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Every record of every topic of the platform, each once: a reading goes on where the last one ended, and ends where the topics
 * ended when it began. In no group, so it leaves no trace.
 */
final class Topics implements AutoCloseable {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final byte[] NOTHING = {};

    private final Admin kafka;
    private final Map<String, Object> settings;
    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Instant> keptSince = new ConcurrentHashMap<>();

    Topics(Addresses addresses) {
        kafka = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafka()));
        settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafka(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    }

    /** Not the copies that an event store was published to again: {@code order.events}, {@code payment.commands}. */
    static boolean isOurs(String topic) {
        return topic.matches("[a-z]+\\.(events|commands)");
    }

    /** Where they end now. */
    Map<TopicPartition, Long> ends() {
        Set<TopicPartition> partitions = new HashSet<>();
        ask(admin -> {
            Set<String> names = new HashSet<>(admin.listTopics().names().get());
            names.removeIf(topic -> !isOurs(topic));
            admin.describeTopics(names).allTopicNames().get().forEach((name, topic) -> topic.partitions()
                    .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition()))));
            return names;
        });
        offsets(partitions, OffsetSpec.earliest()).forEach(next::putIfAbsent);
        return offsets(partitions, OffsetSpec.latest());
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ask(admin -> admin.listOffsets(wanted).all().get())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    <T> T ask(Question<T> question) {
        try {
            return question.ask(kafka);
        } catch (ExecutionException e) {
            throw new UnreadableException("Kafka does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException("Interrupted while asking Kafka", e);
        }
    }

    @Override
    public void close() {
        kafka.close();
    }

    /** What stands before this was dropped from one topic or another; the beginning of time where nothing was. */
    Instant keptSince() {
        return keptSince.values().stream().max(Comparator.naturalOrder()).orElse(Instant.MIN);
    }

    /** Reads on up to the ends; several may read at once, each its own partitions. */
    void read(Map<TopicPartition, Long> ends, Consumer<Heard> heard) {
        Set<TopicPartition> open = new HashSet<>(ends.keySet());
        open.removeIf(partition -> nextOf(partition) >= ends.getOrDefault(partition, 0L));
        if (open.isEmpty()) {
            return;
        }
        try (var consumer = consumer()) {
            consumer.assign(open);
            open.forEach(partition -> consumer.seek(partition, nextOf(partition)));
            long giveUp = System.nanoTime() + LONGEST_SILENCE.toNanos();
            while (!open.isEmpty()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    take(record, ends, heard);
                    giveUp = System.nanoTime() + LONGEST_SILENCE.toNanos();
                }
                open.removeIf(partition -> {
                    boolean done = consumer.position(partition) >= ends.getOrDefault(partition, 0L);
                    if (done) {
                        next.put(partition, ends.getOrDefault(partition, 0L));
                        consumer.pause(List.of(partition));
                    }
                    return done;
                });
                if (System.nanoTime() > giveUp) {
                    throw new UnreadableException("Kafka has been silent for %s: %s".formatted(LONGEST_SILENCE, open));
                }
            }
        } catch (KafkaException e) {
            throw new UnreadableException("The topics cannot be read: " + e.getMessage(), e);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record, Map<TopicPartition, Long> ends, Consumer<Heard> heard) {
        var partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() >= ends.getOrDefault(partition, 0L)) {
            return;
        }
        if (record.offset() == nextOf(partition) && record.offset() > 0) {
            keptSince.putIfAbsent(partition, Instant.ofEpochMilli(record.timestamp()));
        }
        heard.accept(new Heard(record.partition(), record.offset(), Letter.of(record.topic(),
                Objects.requireNonNullElse(record.key(), ""), headers(record),
                Objects.requireNonNullElse(record.value(), NOTHING))));
    }

    private long nextOf(TopicPartition partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** Every word of these records, by their places. */
    Map<String, Full> inFull(List<Heard> records) {
        Map<String, Full> found = new HashMap<>();
        try (var consumer = consumer()) {
            for (Heard wanted : records) {
                var partition = new TopicPartition(wanted.letter().topic(), wanted.partition());
                consumer.assign(List.of(partition));
                consumer.seek(partition, wanted.offset());
                long giveUp = System.nanoTime() + LONGEST_SILENCE.toNanos();
                while (!found.containsKey(wanted.place()) && System.nanoTime() < giveUp) {
                    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                        if (record.offset() == wanted.offset()) {
                            found.put(wanted.place(), new Full(headers(record),
                                    new String(Objects.requireNonNullElse(record.value(), NOTHING), UTF_8)));
                        }
                    }
                }
            }
            return found;
        }
    }

    /** When the records at these offsets were written. */
    Map<TopicPartition, Instant> writtenAt(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Instant> written = new HashMap<>();
        try (var consumer = consumer()) {
            consumer.assign(offsets.keySet());
            offsets.forEach(consumer::seek);
            long giveUp = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            while (written.size() < offsets.size() && System.nanoTime() < giveUp) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    var partition = new TopicPartition(record.topic(), record.partition());
                    written.putIfAbsent(partition, Instant.ofEpochMilli(record.timestamp()));
                }
                consumer.pause(new ArrayList<>(written.keySet()));
            }
            return written;
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>(32);
        for (Header header : record.headers()) {
            byte[] value = header.value();
            headers.merge(header.key(), value == null ? "" : new String(value, UTF_8),
                    (one, other) -> one + ", " + other);
        }
        return headers;
    }
}
