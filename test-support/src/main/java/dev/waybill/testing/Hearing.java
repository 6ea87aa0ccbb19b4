package dev.waybill.testing;

import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.events.Topic;
import dev.waybill.testing.ReleasedMessages.Payload;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Has a running service hear released payloads over a real Kafka, as another service of today, or of a later release, would send
 * them: what hears them are the service's own reader, inbox and subscriptions.
 */
public final class Hearing implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final JdbcClient database;
    private final Supplier<MessageId> ids;
    private final KafkaProducer<String, String> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.bootstrapServers()), new StringSerializer(),
            new StringSerializer());

    /**
     * @param service that hears, with its database
     * @param ids where messages get theirs from
     */
    public Hearing(ApplicationContext service, Supplier<MessageId> ids) {
        this.database = service.getBean(JdbcClient.class);
        this.ids = ids;
    }

    /** Sends it as said about this order, in no saga. */
    public MessageId send(Payload payload, OrderId order) {
        return send(payload, order, new SagaId(ids.get().value()), null);
    }

    /**
     * Sends it as said about this order, and does not wait.
     *
     * @param cause the command that it answers, if it does
     */
    public MessageId send(Payload payload, OrderId order, SagaId saga, @Nullable MessageId cause) {
        String key = order.toString();
        var envelope = new Envelope(ids.get(), "/another-service", MessageTypes.nameOf(payload.type()), "test/" + key,
                Instant.now(), key, Event.class.isAssignableFrom(payload.type()) ? 1L : null, 41, key, cause, saga,
                null);
        var record = new ProducerRecord<>(Topic.of(payload.type()).topicName(), key,
                payload.with(Map.of("orderId", key)).json());
        envelope.toHeaders()
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        assertThat(producer.send(record)).succeedsWithin(PATIENCE);
        return envelope.id();
    }

    /** Returns when all of these subscriptions have handled it; fails where one of them has put it aside. */
    public void awaitHandled(MessageId message, Collection<String> subscriptions) {
        await().pollDelay(Duration.ZERO).atMost(PATIENCE).until(() -> takenOnBy(message).containsAll(subscriptions));
        assertThat(database
                .sql("select subscription || ': ' || coalesce(reason, state) from parked_message where message_id = ?")
                .param(message.value()).query(String.class).list()).as("put aside").isEmpty();
    }

    private Set<String> takenOnBy(MessageId message) {
        return database.sql("select subscription from inbox where message_id = ?").param(message.value())
                .query(String.class).list().stream().collect(Collectors.toSet());
    }

    @Override
    public void close() {
        producer.close();
    }
}
