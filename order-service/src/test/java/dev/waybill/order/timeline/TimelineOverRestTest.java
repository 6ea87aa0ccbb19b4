package dev.waybill.order.timeline;

import dev.waybill.events.CancellationId;
import dev.waybill.events.Event;
import dev.waybill.events.InventoryEvent.StockCommitted;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.Quantity;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.history.RecordedEvent;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.order.Said;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;

/** Events of all services come over a real Kafka. */
@OrderServiceTest
class TimelineOverRestTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<StockLine> LINES = List.of(new StockLine(new Sku("ESPRESSO-01"), Quantity.of(2)));
    private static final Money TOTAL = Money.of(25998, "EUR");

    @LocalServerPort
    private int port;

    private OrderApi api = OrderApi.on(0);

    @BeforeEach
    void connect() {
        api = OrderApi.on(port);
    }

    /** Inventory's clock is five minutes behind, payment's five minutes ahead, and they come in any order. */
    @Test
    void causeComesBeforeEffectHoweverFarTheClocksAreApart() {
        OrderId order = placeOne();
        Instant behind = NOON.minusSeconds(300);
        Instant ahead = NOON.plusSeconds(300);
        List<RecordedEvent<Event>> said = new ArrayList<>(List.of(
                Said.by("inventory", 1, 3, behind, new StockReserved(order, LINES)),
                Said.by("payment", 1, 5, ahead, new PaymentAuthorized(order, TOTAL, "gw-1")),
                Said.by("shipping", 1, 7, NOON, new ShipmentBooked(order, "speedy", "T-1")),
                Said.by("payment", 2, 9, ahead.plusSeconds(1), new PaymentCaptured(order, TOTAL, "gw-1")),
                Said.by("inventory", 2, 11, behind.plusSeconds(1), new StockCommitted(order, LINES)),
                Said.by("order", 2, 11, NOON.plusSeconds(1), new OrderConfirmed(order)),
                Said.by("shipping", 2, 11, NOON.plusSeconds(1),
                        new ShipmentDispatched(order, "T-1", "https://labels/T-1"))));
        Collections.shuffle(said, new Random(4));

        send(said);

        assertThat(awaitTimeline(order, 8).findValuesAsString("type")).containsExactly(
                "placed",
                "stock-reserved",
                "authorized",
                "shipment-booked",
                "captured",
                // At the same logical time: neither of them brought the others about.
                "stock-committed",
                "confirmed",
                "shipment-dispatched");
    }

    @Test
    void eachEntrySaysWhatHappenedInWords() {
        OrderId order = placeOne();
        send(List.of(Said.by("payment", 1, 5, NOON, new PaymentAuthorized(order, TOTAL, "gw-1"))));

        JsonNode entry = awaitTimeline(order, 2).get(1);

        assertThat(entry.toString()).isEqualTo("""
                {"at":"2026-11-21T12:00:00Z","context":"payment","type":"authorized",\
                "title":"The payment is authorized","sequence":1,\
                "details":{"amount":{"amountMinor":25998,"currency":"EUR"}}}""");
    }

    @Test
    void whatPeopleWroteAndWhereTheyLiveStaysOut() {
        OrderId order = placeOne();
        send(List.of(Said.by("order", 2, 5, NOON,
                new CancellationRequested(order, new CancellationId(Ids.next()), "My wife Alice found it cheaper"))));

        assertThat(awaitTimeline(order, 2).toString()).doesNotContain("Alice").doesNotContain("Main St");
    }

    @Test
    void sameEventTwiceIsToldOnce() {
        OrderId order = placeOne();
        RecordedEvent<Event> said = Said.by("payment", 1, 5, NOON, new PaymentAuthorized(order, TOTAL, "gw-1"));
        send(List.of(said, said));
        send(List.of(Said.by("payment", 2, 9, NOON, new PaymentCaptured(order, TOTAL, "gw-1"))));

        assertThat(awaitTimeline(order, 3)).hasSize(3);
    }

    @Test
    void orderThatIsNotThere() {
        api.get("/orders/" + UUID.randomUUID() + "/timeline").problem(404, "order-not-found");
    }

    @Test
    void orderThatWasPlacedJustNowIsKnown() {
        String order = api.placed(goodOrder()).get("id").asString();

        assertThat(api.get("/orders/" + order + "/timeline").status()).isEqualTo(200);
    }

    private OrderId placeOne() {
        return OrderId.parse(api.placed(goodOrder()).get("id").asString());
    }

    private static void send(List<RecordedEvent<Event>> events) {
        try (var said = new Said()) {
            said.send(events);
        }
    }

    private JsonNode awaitTimeline(OrderId order, int entries) {
        return Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> api.get("/orders/" + order + "/timeline").json().get("items"),
                        items -> items.size() >= entries);
    }
}
