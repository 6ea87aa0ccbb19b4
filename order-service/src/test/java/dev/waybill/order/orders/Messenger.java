package dev.waybill.order.orders;

import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** Sends what other services say over a real Kafka, and waits for what stands in the service's tables because of it. */
final class Messenger implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final SagaId saga = new SagaId(Ids.next());
    private final AtomicLong sequence = new AtomicLong();
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer());

    Messenger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    SagaId saga() {
        return saga;
    }

    MessageId send(Message message) {
        return send(Ids.nextMessageId(), message);
    }

    MessageId send(MessageId id, Message message) {
        return send(id, message, 41);
    }

    MessageId send(MessageId id, Message message, long logicalTime) {
        String key = message.orderId().toString();
        var envelope = new Envelope(
                id,
                "/another-service",
                MessageTypes.nameOf(message.getClass()),
                "order/" + key,
                Instant.now(),
                key,
                message instanceof Event ? (Long) sequence.incrementAndGet() : null,
                logicalTime,
                key,
                null,
                saga,
                null);
        var record = new ProducerRecord<>(Topic.of(message).topicName(), key, MessageJson.write(message));
        envelope.toHeaders()
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        sent.add(producer.send(record));
        return id;
    }

    /** What the order has said since it was placed, each held against its contract. */
    List<Map<String, @Nullable Object>> awaitSaid(OrderId order, int count) {
        List<Map<String, @Nullable Object>> said = Awaitility.await().atMost(PATIENCE).until(
                () -> jdbc.sql("select * from outbox where message_key = :key and sequence > 1 order by id")
                        .param("key", order.toString()).query().listOfRows(),
                rows -> rows.size() >= count);
        said.forEach(row -> Contracts.assertValid(row.get("type") + "", row.get("payload") + ""));
        return said;
    }

    void awaitParked(OrderId order, String reason) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(
                        jdbc.sql("select reason from parked_message where message_key = :key")
                                .param("key", order.toString()).query(String.class).list())
                        .anySatisfy(text -> assertThat(text).contains(reason)));
    }

    @Override
    public void close() {
        producer.close();
        assertThat(sent).allSatisfy(record -> assertThat(record).isDone());
    }
}
