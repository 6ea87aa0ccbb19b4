package dev.waybill.saga.running;

import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.SagaId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.SampleOrder;
import dev.waybill.saga.engine.Status;
import dev.waybill.testing.SetBack;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The subscription hears every family that answers: a whole fulfillment, each message over a real broker. */
@SagaTest
class OverKafkaTest {

    @Autowired
    private JdbcClient database;
    @Autowired
    private ApplicationContext service;

    private final SampleOrder order = SampleOrder.any();

    @Test
    void anOrderIsFulfilledOnceByWhatIsSaidOnTheEventTopics() throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers()),
                new StringSerializer(), new StringSerializer())) {
            say(producer, order.placed(), null);
            answer(producer, order.stockReserved(), "inventory.reserve-stock");
            answer(producer, order.authorized(), "payment.authorize");
            answer(producer, order.booked(), "shipping.book-shipment");
            answer(producer, order.captured(), "payment.capture");
            answer(producer, order.stockCommitted(), "inventory.commit-stock");
            answer(producer, order.dispatched(), "shipping.dispatch-shipment");
            answer(producer, order.confirmed(), "order.confirm");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> written().status() == Status.COMPLETED);
        }
        List<String> commands = written().commands();

        // The same again, when the inbox has forgotten all of it.
        SetBack.behindTheInbox(service);

        assertThat(written().commands()).isEqualTo(commands);
        assertThat(written().status()).isEqualTo(Status.COMPLETED);
    }

    private void answer(KafkaProducer<String, String> producer, Event event, String command)
            throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> written().commands().contains(command));
        say(producer, event, written().lastId(command));
    }

    private void say(KafkaProducer<String, String> producer, Event event, @Nullable MessageId causationId)
            throws Exception {
        String key = order.orderId().toString();
        SagaId saga = written().saga().map(row -> new SagaId(row.id())).orElse(null);
        var envelope = new Envelope(Ids.nextMessageId(), "/test", MessageTypes.nameOf(event.getClass()), "test/" + key,
                Instant.now(), key, 1L, 1, key, causationId, saga, null);
        var record = new ProducerRecord<>(Topic.of(event).topicName(), key, MessageJson.write(event));
        envelope.toHeaders()
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record).get();
    }

    private Written written() {
        return new Written(database, order);
    }
}
