package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.ReinstateOrder;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Outbox;
import dev.waybill.order.orders.CancellationOutcome.Requested;
import dev.waybill.order.orders.CancellationOutcome.TooLate;
import dev.waybill.order.orders.CancellationOutcome.UnderWay;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.util.Optional;

/** Somebody wants an order cancelled; later it is told what came of it. */
@Service
@Transactional
class CancellingOrders {

    private final Orders orders;
    private final Outbox outbox;
    private final OrderFacts facts;
    private final ParcelFacts parcels;
    private final Clock clock;

    CancellingOrders(Orders orders, Outbox outbox, OrderFacts facts, ParcelFacts parcels, Clock clock) {
        this.orders = orders;
        this.outbox = outbox;
        this.facts = facts;
        this.parcels = parcels;
        this.clock = clock;
    }

    sealed interface Cancelling {}

    record Accepted(OrderView order) implements Cancelling {}

    record NotAccepted(TooLate why) implements Cancelling {}

    /** Empty where there is no such order. */
    Optional<Cancelling> request(OrderId orderId, String statedReason) {
        return orders.lock(orderId).map(order -> request(order, statedReason));
    }

    private Cancelling request(Order order, String statedReason) {
        return switch (order.requestCancellation(new CancellationId(Ids.next()), statedReason, clock.instant())) {
            case Requested requested -> {
                outbox.append(order, requested.event());
                // Written now, so that the version that is answered is the one that is stored.
                orders.flush();
                yield new Accepted(OrderView.from(order));
            }
            case UnderWay() -> new Accepted(OrderView.from(order));
            case TooLate tooLate -> new NotAccepted(tooLate);
        };
    }

    void cancel(CancelOrder command) {
        Order order = orders.get(command.orderId());
        outbox.append(order, facts.counting(order, () -> order.cancel(clock.instant())));
        parcels.ended(order);
    }

    void reinstate(ReinstateOrder command) {
        Order order = orders.get(command.orderId());
        outbox.append(order, order.reinstate(command.cancellationId(), command.reason(), clock.instant()));
    }
}
