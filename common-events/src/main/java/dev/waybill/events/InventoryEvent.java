package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

import java.util.List;

/** What happens to the stock that an order needs. Lines are summed per SKU and stand in SKU order. */
public sealed interface InventoryEvent extends Event {

    /** Answers {@link InventoryCommand.ReserveStock}. */
    sealed interface ReservationAnswer extends InventoryEvent permits StockReserved, StockRefused {}

    /** All that was asked for is held for this order. */
    @MessageType("dev.waybill.inventory.stock-reserved.v1")
    record StockReserved(OrderId orderId, List<StockLine> lines) implements ReservationAnswer {
        public StockReserved {
            Present.field("orderId", orderId);
            lines = Present.list("lines", lines);
        }
    }

    /**
     * Nothing is held: an order gets all of its lines or none.
     *
     * @param shortages empty where the reason is no shortage
     */
    @MessageType("dev.waybill.inventory.stock-refused.v1")
    record StockRefused(OrderId orderId, RefusalReason reason, List<Shortage> shortages) implements ReservationAnswer {
        public StockRefused {
            Present.field("orderId", orderId);
            Present.field("reason", reason);
            shortages = Present.list("shortages", shortages);
        }
    }

    /**
     * Less is available than was asked for.
     *
     * @param available pieces, zero or more
     */
    record Shortage(Sku sku, Quantity requested, int available) {
        public Shortage {
            Present.field("sku", sku);
            Present.field("requested", requested);
            if (available < 0) {
                throw new IllegalArgumentException("available is not negative, as " + available + " is");
            }
        }
    }

    /** Why stock was refused. Open. */
    enum RefusalReason {
        OUT_OF_STOCK,
        /** The release came first: a reservation now would be held by nobody. */
        ALREADY_RELEASED, @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * Nothing is held for this order any more.
     *
     * @param lines what had been held; empty where nothing was
     */
    @MessageType("dev.waybill.inventory.stock-released.v1")
    record StockReleased(OrderId orderId, List<StockLine> lines) implements InventoryEvent {
        public StockReleased {
            Present.field("orderId", orderId);
            lines = Present.list("lines", lines);
        }
    }

    /** What was held has left the stock for good. */
    @MessageType("dev.waybill.inventory.stock-committed.v1")
    record StockCommitted(OrderId orderId, List<StockLine> lines) implements InventoryEvent {
        public StockCommitted {
            Present.field("orderId", orderId);
            lines = Present.list("lines", lines);
        }
    }

    /** Pieces that had left for this order are in the stock again. */
    @MessageType("dev.waybill.inventory.stock-restocked.v1")
    record StockRestocked(OrderId orderId, RestockId restockId, List<StockLine> lines) implements InventoryEvent {
        public StockRestocked {
            Present.field("orderId", orderId);
            Present.field("restockId", restockId);
            lines = Present.list("lines", lines);
        }
    }
}
