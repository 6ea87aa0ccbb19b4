package dev.waybill.order.orders;

import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderCommand;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.CompleteReturn;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RefuseReturn;
import dev.waybill.events.OrderCommand.ReinstateOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.ReturnRefused;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.Subscription;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.order.projections.Generations;
import dev.waybill.testing.Hearing;
import dev.waybill.testing.ReleasedMessages;
import dev.waybill.testing.ReleasedMessages.Payload;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever was released of what the service listens to is handled, a newer producer's messages included. A command to an order is
 * carried out though the reason it gives is not known here: the order says that it is not known.
 */
@OrderServiceTest
class HearingReleasedMessagesTest {

    @LocalServerPort
    private int port;

    @Autowired
    private List<Subscription> subscriptions;

    @Autowired
    private ApplicationContext service;

    @Autowired
    private Generations generations;

    @Autowired
    private JdbcClient jdbc;

    /** What was sent, and to which order. */
    private record Sent(Payload payload, MessageId id, OrderCourse order) {

        Message message() {
            return MessageJson.read(payload.json().getBytes(StandardCharsets.UTF_8), payload.type());
        }
    }

    /** All are sent before the first is waited for. */
    @TestFactory
    Stream<DynamicTest> everyReleasedMessageIsHandled() {
        var hearing = new Hearing(service, Ids::nextMessageId);
        List<Sent> all = ReleasedMessages.of(type -> !listening(type).isEmpty()).map(payload -> send(hearing, payload))
                .toList();
        return all.stream().map(sent -> DynamicTest.dynamicTest(sent.payload().name(), () -> {
            hearing.awaitHandled(sent.id(), listening(sent.payload().type()));
            assertDone(sent);
        })).onClose(hearing::close);
    }

    private List<String> listening(Class<? extends Message> type) {
        return subscriptions.stream().filter(subscription -> subscription.handles(type)).map(Subscription::name)
                .toList();
    }

    private Sent send(Hearing hearing, Payload payload) {
        OrderCourse order = OrderCourse.begin(OrderApi.on(port), service);
        return new Sent(payload, hearing.send(payload.with(expectedBy(payload.type(), order)), order.id()), order);
    }

    /** Takes the order to where the command can be carried out. Answers the ids that belong to it then. */
    private Map<String, String> expectedBy(Class<? extends Message> type, OrderCourse order) {
        if (type == ReinstateOrder.class) {
            OrderApi.on(port).post("/orders/%s/cancellation".formatted(order.id()), "{\"reason\": \"Too dear\"}");
            return Map.of("cancellationId", order.cancellation().toString());
        }
        if (type == CompleteReturn.class || type == RefuseReturn.class) {
            order.confirm().deliver();
            JsonNode taken = OrderApi.on(port).post("/orders/%s/returns".formatted(order.id()), """
                    {"lines": [{"sku": "ESPRESSO-01", "quantity": 1}], "reason": "Too many"}""").json();
            return Map.of("returnId", taken.get("id").asString());
        }
        return Map.of();
    }

    private void assertDone(Sent sent) {
        if (sent.message() instanceof OrderCommand<?> command) {
            assertCarriedOut(command, sent.order());
        } else {
            assertThat(jdbc.sql("select count(*) from timeline_entry_%d where message_id = :id"
                    .formatted(generations.slotOf("timeline"))).param("id", sent.id().value()).query(Long.class)
                    .single())
                    .as("told in the timeline").isOne();
        }
    }

    private void assertCarriedOut(OrderCommand<?> command, OrderCourse order) {
        switch (command) {
            case ConfirmOrder _ -> assertThat(read(order).get("status").asString()).isEqualTo("CONFIRMED");
            case CancelOrder _ -> assertThat(read(order).get("status").asString()).isEqualTo("CANCELLED");
            case RejectOrder reject -> {
                assertThat(read(order).get("status").asString()).isEqualTo("REJECTED");
                assertThat(read(order).get("reason").asString()).isEqualTo(reject.reason().name());
                assertThat(said(order, "rejected", OrderRejected.class).reason()).isEqualTo(reject.reason());
            }
            case ReinstateOrder reinstate -> {
                assertThat(read(order).get("status").asString()).isEqualTo("PENDING");
                assertThat(said(order, "reinstated", OrderReinstated.class).reason()).isEqualTo(reinstate.reason());
            }
            case CompleteReturn _ -> assertThat(returned(order).get("status").asString()).isEqualTo("COMPLETED");
            case RefuseReturn refuse -> {
                assertThat(returned(order).get("status").asString()).isEqualTo("REFUSED");
                assertThat(returned(order).get("refusal").asString()).isEqualTo(refuse.reason().name());
                assertThat(said(order, "return-refused", ReturnRefused.class).reason()).isEqualTo(refuse.reason());
            }
        }
    }

    /** Read again as every consumer reads it. */
    private static <E extends Message> E said(OrderCourse order, String what, Class<E> type) {
        return MessageJson.read(order.lastSaid(what).toString().getBytes(StandardCharsets.UTF_8), type);
    }

    private JsonNode read(OrderCourse order) {
        return OrderApi.on(port).get("/orders/" + order.id()).json();
    }

    private JsonNode returned(OrderCourse order) {
        return OrderApi.on(port).get("/orders/%s/returns".formatted(order.id())).json().get("items").get(0);
    }
}
