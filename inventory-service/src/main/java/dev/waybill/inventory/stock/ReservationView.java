package dev.waybill.inventory.stock;

import dev.waybill.events.OrderId;
import dev.waybill.events.StockLine;
import dev.waybill.inventory.stock.Reservation.Status;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A reservation as it is shown.
 *
 * @param restocked what had left for the order and is back; the reservation stays committed, as that is what became of it
 * @param heldUntil when it is overdue; null unless it is held
 */
record ReservationView(
        OrderId orderId, Status status, List<StockLine> lines, List<StockLine> restocked, @Nullable Instant heldUntil) {

    static ReservationView from(Reservation reservation, Duration holdFor) {
        return new ReservationView(
                reservation.orderId(),
                reservation.status(),
                reservation.lines(),
                reservation.restocked(),
                reservation.status() == Status.HELD ? reservation.createdAt().plus(holdFor) : null);
    }
}
