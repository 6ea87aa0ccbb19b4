package dev.waybill.inventory.stock;

import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.inventory.stock.AdjustmentOutcome.Adjusted;
import dev.waybill.inventory.stock.AdjustmentOutcome.TooFewLeft;
import dev.waybill.inventory.stock.AdjustmentOutcome.TooMany;
import dev.waybill.inventory.stock.StockMovement.Cause;
import dev.waybill.inventory.stock.StockMovement.Kind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import java.time.Instant;

/**
 * How much there is of one SKU. Of what is on hand some is reserved for orders; the rest is available. No count is ever
 * below zero and no more is reserved than is on hand: the methods refuse it, and the table's constraints do so again.
 *
 * <p>Every change is a {@link StockMovement}, numbered by {@code version}. A change that was made without holding the row's
 * lock would take a number that is taken, and fail on the ledger's primary key.
 */
@Entity
@Table(name = "stock_item")
class StockItem {

    /** No adjustment counts further: what has left and may come back still finds room in the number. */
    static final int MOST_ON_HAND = 1_000_000_000;

    @Id
    private String sku;

    @Column(name = "on_hand", nullable = false)
    private int onHand;

    @Column(nullable = false)
    private int reserved;

    @Column(nullable = false)
    private long version;

    @SuppressWarnings("NullAway.Init") // JPA fills it
    protected StockItem() {}

    StockItem(Sku sku) {
        this.sku = sku.value();
    }

    Sku sku() {
        return new Sku(sku);
    }

    int onHand() {
        return onHand;
    }

    int reserved() {
        return reserved;
    }

    int available() {
        return onHand - reserved;
    }

    /** How many movements there have been. */
    long version() {
        return version;
    }

    /** Pieces were bought or found, broken or lost. What is reserved has to stay on hand. */
    AdjustmentOutcome adjust(Adjustment by, String reason, String who, Instant now) {
        int pieces = by.pieces();
        long after = (long) onHand + pieces;
        if (after < reserved) {
            return new TooFewLeft(onHand, reserved);
        }
        if (pieces > 0 && after > MOST_ON_HAND) {
            return new TooMany(onHand);
        }
        onHand += pieces;
        return new Adjusted(moved(version == 0 ? Kind.INITIAL : Kind.ADJUST, pieces, Cause.operator(who, reason), now));
    }

    StockMovement reserve(OrderId orderId, Quantity quantity, Instant now) {
        if (quantity.value() > available()) {
            throw new IllegalStateException("%s has no %s available".formatted(this, quantity));
        }
        reserved += quantity.value();
        return moved(Kind.RESERVE, quantity.value(), Cause.order(orderId), now);
    }

    /** Undoes {@link #reserve}. */
    StockMovement release(OrderId orderId, Quantity quantity, Instant now) {
        requireReserved(quantity);
        reserved -= quantity.value();
        return moved(Kind.RELEASE, quantity.value(), Cause.order(orderId), now);
    }

    /** What was reserved leaves for good. */
    StockMovement commit(OrderId orderId, Quantity quantity, Instant now) {
        requireReserved(quantity);
        reserved -= quantity.value();
        onHand -= quantity.value();
        return moved(Kind.COMMIT, quantity.value(), Cause.order(orderId), now);
    }

    /** What had left is back. */
    StockMovement restock(OrderId orderId, Quantity quantity, Instant now) {
        onHand = Math.addExact(onHand, quantity.value());
        return moved(Kind.RESTOCK, quantity.value(), Cause.order(orderId), now);
    }

    private void requireReserved(Quantity quantity) {
        if (quantity.value() > reserved) {
            throw new IllegalStateException("%s has no %s reserved".formatted(this, quantity));
        }
    }

    private StockMovement moved(Kind kind, int quantity, Cause cause, Instant now) {
        version++;
        return new StockMovement(this, kind, quantity, cause, now);
    }

    @Override
    public String toString() {
        return "%s (%d on hand, %d reserved)".formatted(sku, onHand, reserved);
    }
}
