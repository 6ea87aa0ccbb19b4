package dev.waybill.order.orders;

import dev.waybill.events.Envelope;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.SetBack;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;

/** Commands come over a real Kafka; what the service answers stands in its outbox. */
@OrderServiceTest
class OrderCommandsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationContext service;

    private OrderApi api = OrderApi.on(0);
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final SagaId saga = new SagaId(Ids.next());
    private final KafkaProducer<String, String> commands = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestServers.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer());

    @BeforeEach
    void connect() {
        api = OrderApi.on(port);
    }

    @AfterEach
    void close() {
        commands.close();
        assertThat(sent).allSatisfy(record -> assertThat(record).isDone());
    }

    @Test
    void confirmedOrderAnswersTheCommand() {
        OrderId order = placeOne();

        MessageId command = send(new ConfirmOrder(order));

        Map<String, @Nullable Object> answer = awaitAnswers(order, 1).getFirst();
        assertThat(answer).containsEntry("type", "dev.waybill.order.confirmed.v1").containsEntry("sequence", 2L)
                .containsEntry("causation_id", command.value()).containsEntry("saga_id", saga.value())
                .containsEntry("logical_time", 42L);
        JsonNode read = api.get("/orders/" + order).json();
        assertThat(read.get("status").asString()).isEqualTo("CONFIRMED");
        assertThat(read.get("version").asInt()).isOne();
        assertThat(read.get("lines")).hasSize(1);
    }

    @Test
    void rejectedOrderSaysWhy() {
        OrderId order = placeOne();

        send(new RejectOrder(order, RejectionReason.PAYMENT_DECLINED));

        assertThat(awaitAnswers(order, 1).getFirst()).containsEntry("type", "dev.waybill.order.rejected.v1");
        JsonNode read = api.get("/orders/" + order).json();
        assertThat(read.get("status").asString()).isEqualTo("REJECTED");
        assertThat(read.get("reason").asString()).isEqualTo("PAYMENT_DECLINED");
    }

    @Test
    void anotherCommandToTheSameEndIsAnsweredAgain() {
        OrderId order = placeOne();

        MessageId first = send(new ConfirmOrder(order));
        MessageId second = send(new ConfirmOrder(order));

        assertThat(awaitAnswers(order, 2)).extracting(answer -> answer.get("causation_id"))
                .containsExactly(first.value(), second.value());
        assertThat(awaitAnswers(order, 2)).extracting(answer -> answer.get("sequence")).containsExactly(2L, 3L);
    }

    @Test
    void sameCommandTwiceIsAnsweredOnce() {
        OrderId order = placeOne();
        OrderId other = placeOne();
        MessageId id = Ids.nextMessageId();

        send(id, new ConfirmOrder(order));
        send(id, new ConfirmOrder(order));
        // Of the same key, so it is handled after both.
        send(new ConfirmOrder(order));
        send(new ConfirmOrder(other));

        awaitAnswers(other, 1);
        assertThat(awaitAnswers(order, 2)).hasSize(2);
    }

    @Test
    void commandForAnUnknownOrderIsParkedAndHoldsUpNoOther() {
        OrderId unknown = new OrderId(Ids.next());
        OrderId order = placeOne();

        send(new ConfirmOrder(unknown));
        send(new ConfirmOrder(order));

        awaitAnswers(order, 1);
        awaitParked(unknown, "There is no order " + unknown);
    }

    @Test
    void commandThatContradictsTheEndIsParked() {
        OrderId order = placeOne();

        send(new ConfirmOrder(order));
        send(new RejectOrder(order, RejectionReason.TIMED_OUT));

        awaitParked(order, "was confirmed and cannot be rejected");
        assertThat(api.get("/orders/" + order).json().get("status").asString()).isEqualTo("CONFIRMED");
    }

    @Test
    void commandsThatComeAgainWhenTheInboxHasForgottenThemSettleNothingTwice() {
        OrderId confirmed = placeOne();
        OrderId rejected = placeOne();
        OrderId unknown = new OrderId(Ids.next());
        send(new ConfirmOrder(confirmed));
        send(new RejectOrder(rejected, RejectionReason.PAYMENT_DECLINED));
        send(new ConfirmOrder(unknown));
        awaitParked(unknown, "There is no order");
        awaitAnswers(confirmed, 1);
        awaitAnswers(rejected, 1);
        JsonNode before = withoutVersion(confirmed);
        JsonNode rejectedBefore = withoutVersion(rejected);

        SetBack.behindTheInbox(service);

        List<Map<String, @Nullable Object>> answers = awaitAnswers(confirmed, 2);
        assertThat(answers).extracting(answer -> answer.get("payload")).containsOnly(answers.getFirst().get("payload"));
        assertThat(withoutVersion(confirmed)).isEqualTo(before);
        assertThat(withoutVersion(rejected)).isEqualTo(rejectedBefore);
        assertThat(jdbc.sql("select count(*) from parked_message where message_key = :key")
                .param("key", unknown.toString()).query(Long.class).single()).isOne();
    }

    /** That goes up with each answer, as answers are numbered. */
    private JsonNode withoutVersion(OrderId order) {
        return ((ObjectNode) api.get("/orders/" + order).json()).without("version");
    }

    private OrderId placeOne() {
        return OrderId.parse(api.placed(goodOrder()).get("id").asString());
    }

    private MessageId send(Message command) {
        return send(Ids.nextMessageId(), command);
    }

    private MessageId send(MessageId id, Message command) {
        String key = command.orderId().toString();
        var envelope = new Envelope(
                id,
                "/saga-orchestrator",
                MessageTypes.nameOf(command.getClass()),
                "order/" + key,
                Instant.now(),
                key,
                null,
                41,
                key,
                null,
                saga,
                null);
        var record = new ProducerRecord<>(Topic.of(command).topicName(), key, MessageJson.write(command));
        envelope.toHeaders()
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        sent.add(commands.send(record));
        return id;
    }

    private List<Map<String, @Nullable Object>> awaitAnswers(OrderId order, int count) {
        List<Map<String, @Nullable Object>> answers = Awaitility.await().atMost(PATIENCE).until(
                () -> jdbc.sql("select * from outbox where message_key = :key and sequence > 1 order by id")
                        .param("key", order.toString()).query().listOfRows(),
                rows -> rows.size() >= count);
        answers.forEach(row -> Contracts.assertValid(row.get("type") + "", row.get("payload") + ""));
        return answers;
    }

    private void awaitParked(OrderId order, String reason) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(
                        jdbc.sql("select reason from parked_message where message_key = :key")
                                .param("key", order.toString()).query(String.class).list())
                        .anySatisfy(text -> assertThat(text).contains(reason)));
    }
}
