package dev.waybill.saga.running;

import dev.waybill.events.CancellationId;
import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.RefundId;
import dev.waybill.events.RestockId;
import dev.waybill.events.ReturnId;
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
import java.util.Collections;
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
        try (var producer = producer()) {
            fulfill(producer);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> written().status() == Status.COMPLETED);
        }
        List<String> commands = written().commands();

        // The same again, when the inbox has forgotten all of it.
        SetBack.behindTheInbox(service);

        assertThat(written().commands()).isEqualTo(commands);
        assertThat(written().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aFulfilledOrderIsSentBackInPartAndThenCancelledOnceByWhatIsSaidOnTheEventTopics() throws Exception {
        var returnId = new ReturnId(Ids.next());
        var id = new CancellationId(Ids.next());
        try (var producer = producer()) {
            fulfill(producer);
            say(producer, order.returnRequested(returnId), null);
            answer(producer, order.refunded(new RefundId(returnId.value())), "payment.refund");
            answer(producer, order.restocked(new RestockId(returnId.value())), "inventory.restock");
            answer(producer, order.returnCompleted(returnId), "order.complete-return");
            say(producer, order.cancellationRequested(id), null);
            answer(producer, order.cancelled(), "shipping.cancel-shipment");
            awaitCommands("payment.refund", 2);
            answer(producer, order.refunded(new RefundId(id.value())), "payment.refund");
            answer(producer, order.restocked(new RestockId(id.value())), "inventory.restock");
            answer(producer, order.orderCancelled(), "order.cancel");
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isCompleted("order-cancellation"));
        }
        assertThat(isCompleted("order-return")).isTrue();
        List<String> commands = written().commands();

        SetBack.behindTheInbox(service);

        assertThat(written().commands()).isEqualTo(commands);
        assertThat(isCompleted("order-fulfillment") && isCompleted("order-cancellation")).isTrue();
    }

    private boolean isCompleted(String type) {
        return written().sagas(type).stream().map(Written.Row::status).toList().equals(List.of(Status.COMPLETED));
    }

    private void awaitCommands(String command, int times) {
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> Collections.frequency(written().commands(), command) == times);
    }

    private static KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.bootstrapServers()),
                new StringSerializer(), new StringSerializer());
    }

    private void fulfill(KafkaProducer<String, String> producer) throws Exception {
        say(producer, order.placed(), null);
        answer(producer, order.stockReserved(), "inventory.reserve-stock");
        answer(producer, order.authorized(), "payment.authorize");
        answer(producer, order.booked(), "shipping.book-shipment");
        answer(producer, order.captured(), "payment.capture");
        answer(producer, order.stockCommitted(), "inventory.commit-stock");
        answer(producer, order.dispatched(), "shipping.dispatch-shipment");
        answer(producer, order.confirmed(), "order.confirm");
    }

    private void answer(KafkaProducer<String, String> producer, Event event, String command)
            throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> written().commands().contains(command));
        say(producer, event, written().lastId(command));
    }

    private void say(KafkaProducer<String, String> producer, Event event, @Nullable MessageId causationId)
            throws Exception {
        String key = order.orderId().toString();
        SagaId saga = causationId == null ? null : written().context(causationId).sagaId();
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
