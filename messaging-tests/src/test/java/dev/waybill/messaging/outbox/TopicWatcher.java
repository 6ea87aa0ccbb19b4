package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.Topic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.awaitility.Awaitility.await;

/**
 * Reads what one source says on the topic of the orders while it says it, and looks every message up in the database at once:
 * whatever cannot be seen there was published too early.
 */
final class TopicWatcher implements AutoCloseable {

    private static final List<TopicPartition> PARTITIONS = IntStream.range(0, Topic.PARTITIONS)
            .mapToObj(n -> new TopicPartition(Topic.ORDER_EVENTS.topicName(), n)).toList();

    private final String source;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<MessageId> tooEarly = new CopyOnWriteArrayList<>();
    private final AtomicInteger polls = new AtomicInteger();
    private final Thread thread;
    private volatile JdbcTemplate database;
    private volatile boolean running = true;
    private volatile boolean atTheEnd;

    /** A message as it stands on the topic. */
    record Heard(MessageId id, String subject, long sequence) {}

    TopicWatcher(String bootstrapServers, String source, JdbcTemplate database) {
        this.source = source;
        this.database = database;
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(PARTITIONS);
        consumer.seekToEnd(PARTITIONS);
        PARTITIONS.forEach(consumer::position);
        this.thread = Thread.ofPlatform().name("topic-watcher").start(this::watch);
    }

    boolean hasHeard(MessageId id) {
        return heard.stream().anyMatch(message -> message.id().equals(id));
    }

    /** Looks messages up in another database from now on. */
    void lookIn(JdbcTemplate other) {
        database = other;
    }

    /** What has been heard so far, duplicates included. */
    List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** Messages that could not be seen in the database when they were on the topic. */
    List<MessageId> tooEarly() {
        return List.copyOf(tooEarly);
    }

    /** Without what came again, in the order of the topic. */
    Collection<Heard> firstOccurrences() {
        var first = new LinkedHashMap<MessageId, Heard>();
        heard.forEach(message -> first.putIfAbsent(message.id(), message));
        return first.values();
    }

    /**
     * Waits until all that has been committed so far, and is published at all, has been heard. Of two more messages the first
     * is heard while what was sent with it may still be on its way; the second is not sent before that has arrived.
     */
    void hearAll(SpeakingService service) {
        for (OrderId closing : service.aggregates(2)) {
            MessageId last = service.commitChange(closing);
            await().until(() -> hasHeard(last));
        }
        int before = polls.get();
        await().until(() -> atTheEnd && polls.get() > before + 1);
    }

    private void watch() {
        try (consumer) {
            while (running) {
                List<Heard> news = new ArrayList<>();
                consumer.poll(Duration.ofMillis(20)).forEach(record -> {
                    Heard message = read(record);
                    if (message != null) {
                        news.add(message);
                    }
                });
                if (!news.isEmpty()) {
                    lookUp(news);
                    heard.addAll(news);
                }
                Map<TopicPartition, Long> ends = consumer.endOffsets(PARTITIONS);
                atTheEnd = ends.entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                polls.incrementAndGet();
            }
        }
    }

    private void lookUp(List<Heard> news) {
        UUID[] ids = news.stream().map(message -> message.id().value()).toArray(UUID[]::new);
        List<UUID> committed = database.query(
                "select message_id from outbox where message_id = any(?)",
                (row, n) -> row.getObject(1, UUID.class), (Object) ids);
        news.stream().map(Heard::id).filter(id -> !committed.contains(id.value())).forEach(tooEarly::add);
    }

    private @Nullable Heard read(ConsumerRecord<String, byte[]> record) {
        return source.equals(header(record, Envelope.Header.SOURCE))
                ? new Heard(
                        new MessageId(UUID.fromString(header(record, Envelope.Header.ID))),
                        header(record, Envelope.Header.SUBJECT),
                        Long.parseLong(header(record, Envelope.Header.SEQUENCE)))
                : null;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
