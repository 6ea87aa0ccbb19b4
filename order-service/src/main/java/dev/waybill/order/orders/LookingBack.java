package dev.waybill.order.orders;

import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.events.OrderEvent;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.messaging.history.EventStore;
import dev.waybill.messaging.history.RecordedEvent;
import dev.waybill.order.search.Standing;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Shows an order as it was at a moment: by what it had said by then, as its event store has it. What never changes is taken from
 * the order. Its version then is the number of what it had said, from nought on.
 */
@Service
class LookingBack {

    private static final ProblemType FORGOTTEN = new ProblemType("history-forgotten", HttpStatus.GONE,
            "What was said so long ago is not kept any more");

    private final FindingOrders orders;
    private final EventStore store;

    LookingBack(FindingOrders orders, EventStore store) {
        this.orders = orders;
        this.store = store;
    }

    /** Empty where there is no such order, or was none then. */
    Optional<OrderView> at(Instant moment, UUID id) {
        return orders.byId(id).filter(order -> !moment.isBefore(order.placedAt()))
                .map(order -> asItWas(order, moment));
    }

    private OrderView asItWas(OrderView now, Instant moment) {
        List<RecordedEvent<OrderEvent>> said = store.of("order/" + now.id(), OrderEvent.class);
        if (said.isEmpty() || said.getFirst().sequence() != 1) {
            throw FORGOTTEN.because("The first that is known of this order was said later than that");
        }
        Past past = Past.PLACED;
        for (RecordedEvent<OrderEvent> recorded : said.subList(1, said.size())) {
            if (recorded.envelope().time().isAfter(moment)) {
                return past.of(now);
            }
            past = past.after(recorded);
        }
        // Nothing was said since: it is as it was then.
        return now;
    }

    /** What was known of an order at one time. */
    private record Past(
            Standing standing, @Nullable String rejection, @Nullable String statedReason, @Nullable Instant changedAt,
            long version) {

        static final Past PLACED = new Past(Standing.PLACED, null, null, null, 0);

        Past after(RecordedEvent<OrderEvent> recorded) {
            OrderEvent event = recorded.event();
            Standing then = standing.and(Standing.toldBy(event, recorded.sequence()));
            return new Past(
                    then,
                    event instanceof OrderRejected rejected ? rejected.reason().name() : rejection,
                    event instanceof CancellationRequested requested
                            ? requested.statedReason()
                            : event instanceof OrderReinstated && !then.isToBeCancelled() ? null : statedReason,
                    then.equals(standing) ? changedAt : recorded.envelope().time(),
                    recorded.sequence() - 1);
        }

        OrderView of(OrderView now) {
            OrderStatus status = OrderStatus.valueOf(standing.status());
            String reason = switch (status) {
                case REJECTED -> rejection;
                case CANCELLED -> statedReason == null ? Order.NOBODY_STATED_A_REASON : statedReason;
                case PENDING, CONFIRMED, SHIPPED, DELIVERED, CANCELLING -> null;
            };
            return now.asItWas(status, reason, changedAt == null ? now.placedAt() : changedAt, version);
        }
    }
}
