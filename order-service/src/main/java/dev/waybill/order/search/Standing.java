package dev.waybill.order.search;

import dev.waybill.events.OrderEvent;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.OrderEvent.ReturnCompleted;
import dev.waybill.events.OrderEvent.ReturnRefused;
import dev.waybill.events.OrderEvent.ReturnRequested;

/**
 * Where an order stands, as far as its own events tell. What each event tells can be put together in any order and any number of
 * times: only maxima count.
 *
 * @param cancellationRequested number of the last event that said that somebody wants it cancelled; 0 where nobody does
 * @param reinstated number of the last event that said that it could not be cancelled any more
 */
public record Standing(Reached reached, long cancellationRequested, long reinstated) {

    /** The farthest that it has come; what is farther stands behind. */
    public enum Reached {
        PLACED(0), CONFIRMED(1), SHIPPED(2), DELIVERED(3), REJECTED(4), CANCELLED(5);

        private final int stored;

        Reached(int stored) {
            this.stored = stored;
        }

        /** What the database knows it by. */
        int stored() {
            return stored;
        }
    }

    public static final Standing PLACED = at(Reached.PLACED);

    /** What one event tells. */
    public static Standing toldBy(OrderEvent event, long sequence) {
        return switch (event) {
            case OrderPlaced _ -> PLACED;
            case OrderConfirmed _ -> at(Reached.CONFIRMED);
            case OrderShipped _ -> at(Reached.SHIPPED);
            case OrderDelivered _ -> at(Reached.DELIVERED);
            case OrderRejected _ -> at(Reached.REJECTED);
            case OrderCancelled _ -> at(Reached.CANCELLED);
            case CancellationRequested _ -> new Standing(Reached.PLACED, sequence, 0);
            case OrderReinstated _ -> new Standing(Reached.PLACED, 0, sequence);
            case ReturnRequested _,ReturnCompleted _,ReturnRefused _ -> PLACED;
        };
    }

    /** What both tell. */
    public Standing and(Standing other) {
        return new Standing(
                reached.compareTo(other.reached) >= 0 ? reached : other.reached,
                Math.max(cancellationRequested, other.cancellationRequested),
                Math.max(reinstated, other.reinstated));
    }

    /** The same in one word, as the order itself puts it. */
    public String status() {
        boolean cancelling = cancellationRequested > reinstated;
        return switch (reached) {
            case PLACED -> cancelling ? "CANCELLING" : "PENDING";
            case CONFIRMED, SHIPPED, DELIVERED -> cancelling ? "CANCELLING" : reached.name();
            case REJECTED, CANCELLED -> reached.name();
        };
    }

    private static Standing at(Reached reached) {
        return new Standing(reached, 0, 0);
    }
}
