package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.CompleteReturn;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RefuseReturn;
import dev.waybill.events.OrderCommand.ReinstateOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderEvent.ReturnRefusal;
import dev.waybill.events.OrderId;
import dev.waybill.events.ReturnId;
import dev.waybill.messaging.Ids;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.testing.SetBack;
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

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;

/** Commands come over a real Kafka; what the service answers stands in its outbox. */
@OrderServiceTest
class OrderCommandsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationContext service;

    private OrderApi api = OrderApi.on(0);
    private @Nullable Messenger messenger;

    @BeforeEach
    void connect() {
        api = OrderApi.on(port);
        messenger = new Messenger(jdbc);
    }

    @AfterEach
    void close() {
        messenger().close();
    }

    @Test
    void confirmedOrderAnswersTheCommand() {
        OrderId order = placeOne();

        MessageId command = send(new ConfirmOrder(order));

        Map<String, @Nullable Object> answer = awaitAnswers(order, 1).getFirst();
        assertThat(answer).containsEntry("type", "dev.waybill.order.confirmed.v1").containsEntry("sequence", 2L)
                .containsEntry("causation_id", command.value()).containsEntry("saga_id", messenger().saga().value())
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

        messenger().send(id, new ConfirmOrder(order));
        messenger().send(id, new ConfirmOrder(order));
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

        awaitParked(order, "is CONFIRMED and cannot be rejected");
        assertThat(api.get("/orders/" + order).json().get("status").asString()).isEqualTo("CONFIRMED");
    }

    @Test
    void cancellationAndReturnsAreToldByTheirSagas() {
        OrderId order = placeOne();
        OrderId back = placeOne();
        OrderCourse way = new OrderCourse(back, service).confirm().deliver();
        api.post("/orders/%s/cancellation".formatted(order), "{\"reason\": \"Changed my mind\"}");
        CancellationId refused = new OrderCourse(order, service).cancellation();
        ReturnId returned = giveOneBack(back);
        ReturnId kept = giveOneBack(back);

        send(new ReinstateOrder(order, refused, CancellationRefusal.HANDED_OVER));
        MessageId cancel = send(new CancelOrder(order));
        send(new CompleteReturn(back, returned));
        MessageId refuse = send(new RefuseReturn(back, kept, ReturnRefusal.NOT_REFUNDABLE));

        assertThat(awaitAnswers(order, 3).getLast()).containsEntry("type", "dev.waybill.order.cancelled.v1")
                .containsEntry("causation_id", cancel.value()).containsEntry("saga_id", messenger().saga().value());
        assertThat(new OrderCourse(order, service).said())
                .containsExactly("placed", "cancellation-requested", "reinstated", "cancelled");
        assertThat(awaitAnswers(back, 7).getLast()).containsEntry("type", "dev.waybill.order.return-refused.v1")
                .containsEntry("causation_id", refuse.value());
        assertThat(way.said()).endsWith("return-requested", "return-requested", "return-completed", "return-refused");
    }

    @Test
    void returnThatNobodyAskedForIsParked() {
        OrderId order = placeOne();

        send(new CompleteReturn(order, new ReturnId(Ids.next())));

        awaitParked(order, "has no return");
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

    private ReturnId giveOneBack(OrderId order) {
        JsonNode taken = api.post("/orders/%s/returns".formatted(order), """
                {"lines": [{"sku": "ESPRESSO-01", "quantity": 1}], "reason": "Too many"}""").json();
        return new ReturnId(UUID.fromString(taken.get("id").asString()));
    }

    private Messenger messenger() {
        return Objects.requireNonNull(messenger);
    }

    private MessageId send(Message command) {
        return messenger().send(command);
    }

    private List<Map<String, @Nullable Object>> awaitAnswers(OrderId order, int count) {
        return messenger().awaitSaid(order, count);
    }

    private void awaitParked(OrderId order, String reason) {
        messenger().awaitParked(order, reason);
    }

    /** That goes up with each answer, as answers are numbered. */
    private JsonNode withoutVersion(OrderId order) {
        return ((ObjectNode) api.get("/orders/" + order).json()).without("version");
    }

    private OrderId placeOne() {
        return OrderId.parse(api.placed(goodOrder()).get("id").asString());
    }
}
