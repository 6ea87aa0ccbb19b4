package dev.waybill.benchmarks.floor;

import dev.waybill.benchmarks.platform.Databases;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One subscription: what a poll brings is taken into the inbox and handled in one transaction; after it the offsets. It takes
 * every partition; nobody shares them with it.
 */
final class Consumer implements AutoCloseable {

    private static final String CLAIM = """
            insert into inbox (message_id, subscription) select message_id, ? from unnest(?::uuid[]) as t (message_id)
            on conflict do nothing returning message_id""";

    /** What is done with messages, in a transaction that is open. */
    interface Handler {
        void handle(Connection connection, List<Heard> messages) throws SQLException;

        /** After the commit. */
        default void committed() {}
    }

    /** As the platform does. */
    private static final Duration OFFSETS_EVERY = Duration.ofMillis(500);

    private final String name;
    private final Connection connection;
    private final Handler handler;
    private final Runnable afterCommit;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;

    Consumer(String name, Databases databases, String database, int kafkaPort, List<String> topics, Handler handler,
            Runnable afterCommit) throws SQLException {
        this.name = name;
        this.handler = handler;
        this.afterCommit = afterCommit;
        this.connection = databases.connect(database);
        connection.setAutoCommit(false);
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + kafkaPort,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "floor." + name, ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest", ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        500),
                new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(topics.stream().flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList());
        this.thread = Thread.ofPlatform().name(name).start(this::run);
    }

    private void run() {
        try {
            long committedAt = System.nanoTime();
            while (true) {
                var records = consumer.poll(OFFSETS_EVERY);
                if (!records.isEmpty()) {
                    List<Heard> messages = new ArrayList<>(records.count());
                    for (ConsumerRecord<String, byte[]> record : records) {
                        messages.add(Heard.read(record));
                    }
                    take(messages);
                }
                if (System.nanoTime() - committedAt >= OFFSETS_EVERY.toNanos()) {
                    consumer.commitAsync();
                    committedAt = System.nanoTime();
                }
            }
        } catch (WakeupException e) {
            consumer.close();
        } catch (SQLException e) {
            throw new IllegalStateException(name + " has failed", e);
        }
    }

    private void take(List<Heard> messages) throws SQLException {
        Set<UUID> fresh = claim(messages.stream().map(Heard::id).sorted().toArray(UUID[]::new));
        handler.handle(connection, messages.stream().filter(message -> fresh.contains(message.id())).toList());
        connection.commit();
        afterCommit.run();
        handler.committed();
    }

    private Set<UUID> claim(UUID[] sorted) throws SQLException {
        Set<UUID> fresh = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setString(1, name);
            statement.setArray(2, connection.createArrayOf("uuid", sorted));
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                fresh.add(rows.getObject(1, UUID.class));
            }
        }
        return fresh;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
