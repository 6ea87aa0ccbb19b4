package dev.waybill.order.orders;

import dev.waybill.events.Address;
import dev.waybill.events.CustomerId;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Outbox;
import dev.waybill.order.catalogue.Catalogue;
import dev.waybill.order.catalogue.Pricing.Priced;
import dev.waybill.order.catalogue.Pricing.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.util.Currency;
import java.util.List;

/** A customer places an order: priced by the catalogue, stored, and said to the rest of the platform. */
@Service
@Transactional
class PlacingOrders {

    private final Catalogue catalogue;
    private final Orders orders;
    private final Outbox outbox;
    private final Backlog backlog;
    private final OrderFacts facts;
    private final Clock clock;

    PlacingOrders(Catalogue catalogue, Orders orders, Outbox outbox, Backlog backlog, OrderFacts facts, Clock clock) {
        this.catalogue = catalogue;
        this.orders = orders;
        this.outbox = outbox;
        this.backlog = backlog;
        this.facts = facts;
        this.clock = clock;
    }

    /** What the customer asks for. */
    record Wish(
            CustomerId customerId,
            List<StockLine> lines,
            Currency currency,
            PaymentMethod paymentMethod,
            Address shippingAddress,
            @Nullable String contactEmail) {}

    sealed interface Placement {}

    record Accepted(Order order) implements Placement {}

    record NotAccepted(Refused why) implements Placement {}

    /** Too many others wait: not this order is at fault, and later it may be accepted. */
    record NotNow() implements Placement {}

    Placement place(Wish wish) {
        if (backlog.isTooLong()) {
            return new NotNow();
        }
        return switch (catalogue.price(wish.lines(), wish.currency())) {
            case Priced priced -> new Accepted(store(wish, priced));
            case Refused refused -> new NotAccepted(refused);
        };
    }

    private Order store(Wish wish, Priced priced) {
        var placed = Order.place(
                new OrderId(Ids.next()),
                new OrderNumber("W-" + orders.nextNumber()),
                wish.customerId(),
                priced.lines(),
                wish.paymentMethod(),
                wish.shippingAddress(),
                wish.contactEmail(),
                clock.instant());
        // The event first: its number is part of the row that is then inserted.
        outbox.append(placed.order(), placed.event());
        facts.placed(placed.order());
        return orders.add(placed.order());
    }
}
