package dev.waybill.inventory.stock;

import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.inventory.stock.StockMovement.Kind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

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

    /** The first pieces come in. */
    StockMovement stockUp(int quantity, String reason, Instant now) {
        if (version > 0 || quantity < 0) {
            throw new IllegalStateException("%s cannot begin with %d pieces".formatted(this, quantity));
        }
        onHand = quantity;
        return moved(Kind.INITIAL, quantity, null, reason, now);
    }

    StockMovement reserve(OrderId orderId, Quantity quantity, Instant now) {
        if (quantity.value() > available()) {
            throw new IllegalStateException("%s has no %s available".formatted(this, quantity));
        }
        reserved += quantity.value();
        return moved(Kind.RESERVE, quantity.value(), orderId, null, now);
    }

    /** Undoes {@link #reserve}. */
    StockMovement release(OrderId orderId, Quantity quantity, Instant now) {
        requireReserved(quantity);
        reserved -= quantity.value();
        return moved(Kind.RELEASE, quantity.value(), orderId, null, now);
    }

    /** What was reserved leaves for good. */
    StockMovement commit(OrderId orderId, Quantity quantity, Instant now) {
        requireReserved(quantity);
        reserved -= quantity.value();
        onHand -= quantity.value();
        return moved(Kind.COMMIT, quantity.value(), orderId, null, now);
    }

    private void requireReserved(Quantity quantity) {
        if (quantity.value() > reserved) {
            throw new IllegalStateException("%s has no %s reserved".formatted(this, quantity));
        }
    }

    private StockMovement moved(
            Kind kind, int quantity, @Nullable OrderId orderId, @Nullable String reason, Instant now) {
        version++;
        return new StockMovement(this, kind, quantity, orderId, reason, now);
    }

    @Override
    public String toString() {
        return "%s (%d on hand, %d reserved)".formatted(sku, onHand, reserved);
    }
}
