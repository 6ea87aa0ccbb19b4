package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
class LookingBackOverRestTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationContext service;

    private OrderApi api = OrderApi.on(0);
    private Messenger messenger;

    LookingBackOverRestTest(@Autowired JdbcClient jdbc) {
        this.messenger = new Messenger(jdbc);
    }

    @BeforeEach
    void connect() {
        api = OrderApi.on(port);
    }

    @AfterEach
    void close() {
        messenger.close();
    }

    @Test
    void orderIsSeenAsItWasBetweenAnyTwoThingsThatItSaid() {
        OrderId order = placeOne();
        JsonNode placed = api.get("/orders/" + order).json();
        messenger.send(new ConfirmOrder(order));
        messenger.awaitSaid(order, 1);
        messenger.send(new ParcelHandedOver(order, "T-1", Instant.now()));
        messenger.awaitSaid(order, 2);
        JsonNode now = api.get("/orders/" + order).json();
        assertThat(now.get("status").asString()).isEqualTo("SHIPPED");

        assertThat(asItWas(order, Instant.parse(placed.get("placedAt").asString()))).isEqualTo(placed);
        assertThat(asItWas(order, saidAt(order, 2).minusNanos(1_000))).isEqualTo(placed);
        JsonNode confirmed = asItWas(order, saidAt(order, 2));
        assertThat(confirmed.get("status").asString()).isEqualTo("CONFIRMED");
        assertThat(confirmed.get("version").asInt()).isOne();
        assertThat(confirmed.get("updatedAt").asString()).isEqualTo(saidAt(order, 2).toString());
        assertThat(confirmed.get("lines")).isEqualTo(placed.get("lines"));
        assertThat(asItWas(order, saidAt(order, 3).minusNanos(1_000)).get("status").asString()).isEqualTo("CONFIRMED");
        assertThat(asItWas(order, saidAt(order, 3))).isEqualTo(now);
        assertThat(asItWas(order, Instant.parse("2099-01-01T00:00:00Z"))).isEqualTo(now);
    }

    @Test
    void reasonIsThereFromWhenItWasGiven() {
        OrderId order = placeOne();
        messenger.send(new RejectOrder(order, RejectionReason.PAYMENT_DECLINED));
        messenger.awaitSaid(order, 1);
        messenger.send(new RejectOrder(order, RejectionReason.PAYMENT_DECLINED));
        messenger.awaitSaid(order, 2);

        JsonNode rejected = asItWas(order, saidAt(order, 2));
        assertThat(rejected.get("status").asString()).isEqualTo("REJECTED");
        assertThat(rejected.get("reason").asString()).isEqualTo("PAYMENT_DECLINED");
        assertThat(asItWas(order, saidAt(order, 2).minusNanos(1_000)).get("reason").isNull()).isTrue();
    }

    @Test
    void orderThatIsBeingCancelled() {
        OrderId order = placeOne();
        api.post("/orders/" + order + "/cancellation", "{\"reason\": \"Changed my mind\"}");
        messenger.send(new ConfirmOrder(order));
        messenger.awaitSaid(order, 2);
        messenger.send(new CancelOrder(order));
        messenger.awaitSaid(order, 3);
        messenger.send(new CancelOrder(order));
        messenger.awaitSaid(order, 4);

        assertThat(asItWas(order, saidAt(order, 2)).get("status").asString()).isEqualTo("CANCELLING");
        assertThat(asItWas(order, saidAt(order, 3)).get("status").asString()).isEqualTo("CANCELLING");
        assertThat(asItWas(order, saidAt(order, 3)).get("reason").isNull()).isTrue();
        JsonNode cancelled = asItWas(order, saidAt(order, 4));
        assertThat(cancelled.get("status").asString()).isEqualTo("CANCELLED");
        assertThat(cancelled.get("reason").asString()).isEqualTo("Changed my mind");
    }

    @Test
    void olderRefusalThatWasAnsweredAgainIsNoneOfTheCancellationThatWasUnderWay() {
        OrderCourse course = OrderCourse.begin(api, service);
        OrderId order = course.id();
        api.post("/orders/" + order + "/cancellation", "{\"reason\": \"Changed my mind\"}");
        CancellationId older = course.cancellation();
        course.reinstate(older);
        api.post("/orders/" + order + "/cancellation", "{\"reason\": \"Too dear\"}");
        course.reinstate(older);
        course.cancel().cancel();

        assertThat(asItWas(order, saidAt(order, 3)).get("status").asString()).isEqualTo("PENDING");
        JsonNode answeredAgain = asItWas(order, saidAt(order, 5));
        assertThat(answeredAgain.get("status").asString()).isEqualTo("CANCELLING");
        assertThat(answeredAgain.get("updatedAt").asString()).isEqualTo(saidAt(order, 4).toString());
        JsonNode cancelled = asItWas(order, saidAt(order, 6));
        assertThat(cancelled.get("status").asString()).isEqualTo("CANCELLED");
        assertThat(cancelled.get("reason").asString()).isEqualTo("Too dear");
    }

    @Test
    void beforeItWasPlacedThereWasNoOrder() {
        OrderId order = placeOne();
        Instant placedAt = Instant.parse(api.get("/orders/" + order).json().get("placedAt").asString());

        api.get("/orders/%s?at=%s".formatted(order, placedAt.minusNanos(1_000))).problem(404, "order-not-found");
        api.get("/orders/%s?at=2026-01-01T00:00:00Z".formatted(UUID.randomUUID())).problem(404, "order-not-found");
    }

    @Test
    void timeThatIsNone() {
        api.get("/orders/" + placeOne() + "?at=noon").problem(400, "invalid-request");
    }

    /** Where the outbox is kept for a time only. */
    @Test
    void whatIsNotKeptAnyMoreIsNotMadeUp() {
        OrderId order = placeOne();
        jdbc.sql("delete from outbox where message_key = :key").param("key", order.toString()).update();

        api.get("/orders/%s?at=2099-01-01T00:00:00Z".formatted(order)).problem(410, "history-forgotten");
    }

    private JsonNode asItWas(OrderId order, Instant at) {
        return api.get("/orders/%s?at=%s".formatted(order, at)).json();
    }

    private Instant saidAt(OrderId order, int sequence) {
        return jdbc.sql("select said_at from outbox where message_key = :key and sequence = :sequence")
                .param("key", order.toString()).param("sequence", sequence).query(OffsetDateTime.class).single()
                .toInstant();
    }

    private OrderId placeOne() {
        return OrderId.parse(api.placed(goodOrder()).get("id").asString());
    }
}
