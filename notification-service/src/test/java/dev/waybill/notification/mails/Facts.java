package dev.waybill.notification.mails;

import dev.waybill.events.Address;
import dev.waybill.events.CustomerId;
import dev.waybill.events.Event;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.Quantity;
import dev.waybill.events.RefundId;
import dev.waybill.events.Sku;
import dev.waybill.messaging.Ids;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Samples of what is heard. */
final class Facts {

    private Facts() {}

    static OrderPlaced placed(OrderId order, @Nullable String contactEmail) {
        return placed(order, contactEmail, Money.of(25_998, "EUR"));
    }

    static OrderPlaced placed(OrderId order, @Nullable String contactEmail, Money total) {
        return new OrderPlaced(
                order,
                new OrderNumber("W-100042"),
                new CustomerId("alice"),
                List.of(new Line(new Sku("ESPRESSO-01"), new Quantity(1), total)),
                total,
                new PaymentMethod("pm_card_visa"),
                new Address("Alice Doe", "1 Main St", null, "Berlin", "10115", "DE"),
                contactEmail);
    }

    static PaymentRefunded refunded(OrderId order, Money amount) {
        return new PaymentRefunded(order, new RefundId(Ids.next()), amount, amount);
    }

    static Fact heard(Event event, Instant saidAt) {
        return new Fact(Ids.nextMessageId(), event, saidAt, 7);
    }
}
