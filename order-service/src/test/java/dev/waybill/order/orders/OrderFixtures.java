package dev.waybill.order.orders;

import dev.waybill.events.Address;
import dev.waybill.events.CancellationId;
import dev.waybill.events.CustomerId;
import dev.waybill.events.MessageId;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.messaging.Ids;
import dev.waybill.order.orders.Parcel.Progress;

import java.time.Instant;
import java.util.List;

/** Orders to test with. */
final class OrderFixtures {

    static final Instant PLACED_AT = Instant.parse("2026-11-21T14:00:00Z");
    static final Instant LATER = PLACED_AT.plusSeconds(5);
    static final Instant MUCH_LATER = LATER.plusSeconds(60);
    static final String TRACKING_NUMBER = "TRACK-1";
    static final MessageId SCAN = Ids.nextMessageId();
    static final String STATED_REASON = "Changed my mind";

    private OrderFixtures() {}

    static Line line(String sku, int quantity, long priceMinor) {
        return new Line(new Sku(sku), Quantity.of(quantity), Money.of(priceMinor, "EUR"));
    }

    static Order.Placed place(Line... lines) {
        return Order.place(
                new OrderId(Ids.next()),
                new OrderNumber("W-100042"),
                new CustomerId("alice"),
                List.of(lines),
                new PaymentMethod("pm_card_visa"),
                new Address("Alice Doe", "1 Main St", null, "Berlin", "10115", "DE"),
                "alice@example.com",
                PLACED_AT);
    }

    static Order pendingOrder() {
        return place(line("ESPRESSO-01", 2, 12999)).order();
    }

    static Order confirmedOrder() {
        Order order = pendingOrder();
        order.confirm(LATER);
        return order;
    }

    static Order shippedOrder() {
        Order order = confirmedOrder();
        order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, LATER);
        return order;
    }

    static Order deliveredOrder() {
        Order order = shippedOrder();
        order.scanned(Progress.DELIVERED, TRACKING_NUMBER, SCAN, LATER);
        return order;
    }

    static ParcelNews shipped(Order order) {
        return new ParcelNews(new OrderShipped(order.id(), TRACKING_NUMBER), SCAN);
    }

    static ParcelNews delivered(Order order) {
        return new ParcelNews(new OrderDelivered(order.id()), SCAN);
    }

    /** Has it asked for, whatever stands in the way. */
    static CancellationId askToCancel(Order order) {
        var cancellation = new CancellationId(Ids.next());
        order.requestCancellation(cancellation, STATED_REASON, LATER);
        return cancellation;
    }
}
