package dev.waybill.order.search;

import dev.waybill.events.CancellationId;
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
import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an order stands, as far as its own events tell. What each event tells can be put together in any order and any number of
 * times: only what is farthest and latest counts, and which cancellations were refused. A refusal may be said again when another
 * cancellation is under way already, so it does not matter when it was said.
 *
 * @param cancellationRequested number of the last event that said that somebody wants it cancelled; 0 where nobody does
 * @param cancellation which that was
 * @param refused those that came too late, each once, in a fixed order
 */
public record Standing(Reached reached, long cancellationRequested, @Nullable CancellationId cancellation,
        List<CancellationId> refused) {

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
            case CancellationRequested requested ->
                new Standing(Reached.PLACED, sequence, requested.cancellationId(), List.of());
            case OrderReinstated reinstated ->
                new Standing(Reached.PLACED, 0, null, List.of(reinstated.cancellationId()));
            case ReturnRequested _,ReturnCompleted _,ReturnRefused _ -> PLACED;
        };
    }

    /** What both tell. */
    public Standing and(Standing other) {
        Standing later = cancellationRequested >= other.cancellationRequested ? this : other;
        return new Standing(
                reached.compareTo(other.reached) >= 0 ? reached : other.reached,
                later.cancellationRequested,
                later.cancellation,
                Stream.concat(refused.stream(), other.refused.stream()).distinct()
                        .sorted(Comparator.comparing(CancellationId::toString)).toList());
    }

    /** Whether a cancellation was asked for that was not refused: it is under way, or it has succeeded. */
    public boolean isToBeCancelled() {
        return cancellation != null && !refused.contains(cancellation);
    }

    /** The same in one word, as the order itself puts it. */
    public String status() {
        return switch (reached) {
            case PLACED -> isToBeCancelled() ? "CANCELLING" : "PENDING";
            case CONFIRMED, SHIPPED, DELIVERED -> isToBeCancelled() ? "CANCELLING" : reached.name();
            case REJECTED, CANCELLED -> reached.name();
        };
    }

    private static Standing at(Reached reached) {
        return new Standing(reached, 0, null, List.of());
    }
}
