package dev.waybill.benchmarks.floor;

import dev.waybill.benchmarks.platform.Databases;
import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.events.SagaId;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The bare relay: reads on in the order of the ids, stops before a gap that may still fill, sends, and moves the mark once
 * the broker has it all. While it waits for the broker it reads what comes next.
 */
public final class Relay implements AutoCloseable {

    private static final int BATCH = 2_000;

    private final Connection connection;
    private final Producer<String, byte[]> producer;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean running = true;
    private long position;
    private long deadThrough;
    private long fenceThrough = -1;
    private long fence;

    private record Row(long id, ProducerRecord<String, byte[]> record) {}

    /** Begins at the mark of the database. */
    public Relay(Databases databases, String database, int kafkaPort) throws SQLException {
        this.connection = databases.connect(database);
        this.producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + kafkaPort,
                ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.LINGER_MS_CONFIG, 0, ProducerConfig.BATCH_SIZE_CONFIG, 65_536), new StringSerializer(),
                new ByteArraySerializer());
        this.position = number("select position from outbox_relay");
        this.deadThrough = position;
        this.thread = Thread.ofPlatform().name("relay-" + database).start(this::run);
    }

    void wakeUp() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    private void run() {
        try {
            List<Row> rows = List.of();
            while (running) {
                if (rows.isEmpty()) {
                    rows = next();
                }
                if (rows.isEmpty()) {
                    wakeUps.tryAcquire(fenceThrough < 0 ? 20 : 1, TimeUnit.MILLISECONDS);
                    wakeUps.drainPermits();
                } else {
                    List<Future<RecordMetadata>> sent = new ArrayList<>(rows.size());
                    rows.forEach(row -> sent.add(producer.send(row.record())));
                    position = rows.getLast().id();
                    long through = position;
                    rows = next();
                    for (Future<RecordMetadata> one : sent) {
                        one.get();
                    }
                    mark(through);
                }
            }
        } catch (SQLException | ExecutionException e) {
            if (running) {
                throw new IllegalStateException("The relay has failed", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What may be published, in order; see the platform's own reader for why so. */
    private List<Row> next() throws SQLException {
        if (fenceThrough >= 0 && number("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint") >= fence) {
            deadThrough = fenceThrough;
            fenceThrough = -1;
        }
        List<Row> publishable = new ArrayList<>();
        long expected = position + 1;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select id, message_id, topic, message_key, type, source, subject, sequence, logical_time,
                               correlation_id, causation_id, saga_id, traceparent, said_at, payload
                          from outbox where id > %d order by id limit %d""".formatted(position, BATCH))) {
            while (rows.next()) {
                long id = rows.getLong(1);
                if (id > expected && id - 1 > deadThrough) {
                    noteGap(id);
                    break;
                }
                publishable.add(new Row(id, record(rows)));
                expected = id + 1;
            }
        }
        return publishable;
    }

    private void noteGap(long seen) throws SQLException {
        if (fenceThrough < 0) {
            fenceThrough = seen;
            fence = number("select pg_current_xact_id()::text::bigint");
        }
    }

    private void mark(long through) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Without waiting for the disk, as the platform's own.
            statement.executeUpdate(
                    "update outbox_relay set position = %d from set_config('synchronous_commit', 'off', true)"
                            .formatted(through));
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static ProducerRecord<String, byte[]> record(ResultSet row) throws SQLException {
        long sequence = row.getLong(8);
        boolean numbered = !row.wasNull();
        UUID cause = row.getObject(11, UUID.class);
        UUID saga = row.getObject(12, UUID.class);
        var envelope = new Envelope(new MessageId(row.getObject(2, UUID.class)), row.getString(6), row.getString(5),
                row.getString(7), row.getObject(14, OffsetDateTime.class).toInstant(), row.getString(4),
                numbered ? sequence : null, row.getLong(9), row.getString(10),
                cause == null ? null : new MessageId(cause), saga == null ? null : new SagaId(saga), row.getString(13));
        return record(row.getString(3), envelope, row.getString(15));
    }

    private static ProducerRecord<String, byte[]> record(@Nullable String topic, Envelope envelope, String payload) {
        var record = new ProducerRecord<>(topic, envelope.partitionKey(), payload.getBytes(StandardCharsets.UTF_8));
        envelope.toHeaders()
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    @Override
    public void close() {
        running = false;
        wakeUp();
        try {
            thread.join();
            producer.close();
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
