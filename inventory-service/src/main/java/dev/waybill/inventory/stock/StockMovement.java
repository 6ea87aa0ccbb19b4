package dev.waybill.inventory.stock;

import dev.waybill.events.OrderId;
import dev.waybill.events.Sku;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * One line of a SKU's ledger: what moved, and what the counts were after it. Lines are only ever added, one for each change
 * of a {@link StockItem} and in the same transaction, so the counts can be added up again from them at any time.
 */
@Entity
@Immutable
@Table(name = "stock_movement")
class StockMovement {

    /** What a movement does to the counts; the quantity is positive except where said. */
    enum Kind {
        /** The first pieces: on hand + q. */
        INITIAL,
        /** Reserved + q. */
        RESERVE,
        /** Reserved − q. */
        RELEASE,
        /** On hand − q and reserved − q. */
        COMMIT,
        /** On hand + q: what had left is back. */
        RESTOCK,
        /** On hand + q, where q may be negative. */
        ADJUST
    }

    /** For which order something moved; or else who moved it, and why. */
    record Cause(@Nullable OrderId orderId, @Nullable String who, @Nullable String reason) {

        static Cause order(OrderId orderId) {
            return new Cause(orderId, null, null);
        }

        static Cause operator(String who, String reason) {
            return new Cause(null, who, reason);
        }
    }

    /** @param version of the item after the movement: 1, 2, 3 … without gaps */
    @Embeddable
    record Key(String sku, long version) {}

    @EmbeddedId
    private Key key;

    @Column(nullable = false)
    private Instant at;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Kind kind;

    @Column(nullable = false)
    private int quantity;

    @Column(name = "on_hand", nullable = false)
    private int onHand;

    @Column(nullable = false)
    private int reserved;

    @Column(name = "order_id")
    private @Nullable UUID orderId;

    private @Nullable String reason;

    private @Nullable String who;

    @SuppressWarnings("NullAway.Init") // JPA fills it
    protected StockMovement() {}

    /** @param item as it is after the movement */
    StockMovement(StockItem item, Kind kind, int quantity, Cause cause, Instant at) {
        this.key = new Key(item.sku().value(), item.version());
        this.at = at;
        this.kind = kind;
        this.quantity = quantity;
        this.onHand = item.onHand();
        this.reserved = item.reserved();
        OrderId order = cause.orderId();
        this.orderId = order == null ? null : order.value();
        this.reason = cause.reason();
        this.who = cause.who();
    }

    Sku sku() {
        return new Sku(key.sku());
    }

    /** Counts the SKU's movements: 1, 2, 3 … */
    long number() {
        return key.version();
    }

    Instant at() {
        return at;
    }

    Kind kind() {
        return kind;
    }

    int quantity() {
        return quantity;
    }

    /** After the movement. */
    int onHand() {
        return onHand;
    }

    /** After the movement. */
    int reserved() {
        return reserved;
    }

    @Nullable OrderId orderId() {
        return orderId == null ? null : new OrderId(orderId);
    }

    @Nullable String reason() {
        return reason;
    }

    @Nullable String who() {
        return who;
    }

    @Override
    public String toString() {
        String why = reason == null ? "" : " (" + reason + ")";
        return "%s %d %s%s".formatted(kind, quantity, key.sku(), why);
    }
}
