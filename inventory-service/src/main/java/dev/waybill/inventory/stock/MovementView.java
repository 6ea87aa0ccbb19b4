package dev.waybill.inventory.stock;

import dev.waybill.events.OrderId;
import dev.waybill.inventory.stock.StockMovement.Kind;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A line of a SKU's ledger as it is shown.
 *
 * @param number counts the SKU's movements: 1, 2, 3 …
 * @param quantity positive; of an adjustment it may be negative
 * @param onHand after the movement, as is {@code reserved}
 * @param orderId for whom; null of the first pieces and of an adjustment
 * @param reason why, where {@code who} is a person
 */
record MovementView(
        long number,
        Instant at,
        Kind kind,
        int quantity,
        int onHand,
        int reserved,
        @Nullable OrderId orderId,
        @Nullable String reason,
        @Nullable String who) {

    static MovementView from(StockMovement movement) {
        return new MovementView(
                movement.number(),
                movement.at(),
                movement.kind(),
                movement.quantity(),
                movement.onHand(),
                movement.reserved(),
                movement.orderId(),
                movement.reason(),
                movement.who());
    }
}
