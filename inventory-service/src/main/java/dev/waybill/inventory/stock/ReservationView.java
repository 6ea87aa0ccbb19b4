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
 * @param heldUntil when it is overdue; null unless it is held
 */
record ReservationView(OrderId orderId, Status status, List<StockLine> lines, @Nullable Instant heldUntil) {

    static ReservationView from(Reservation reservation, Duration holdFor) {
        return new ReservationView(
                reservation.orderId(),
                reservation.status(),
                reservation.lines(),
                reservation.status() == Status.HELD ? reservation.createdAt().plus(holdFor) : null);
    }
}
