package dev.waybill.events;

import dev.waybill.events.InventoryEvent.ReservationAnswer;
import dev.waybill.events.InventoryEvent.StockCommitted;
import dev.waybill.events.InventoryEvent.StockReleased;
import dev.waybill.events.InventoryEvent.StockRestocked;

import java.util.List;

/** What the inventory is asked to do. */
public sealed interface InventoryCommand<A extends InventoryEvent> extends Command<A> {

    /**
     * Hold these pieces for the order.
     *
     * @param lines at least one; a SKU may stand there twice and is then summed
     */
    @MessageType("dev.waybill.inventory.reserve-stock.v1")
    record ReserveStock(OrderId orderId, List<StockLine> lines) implements InventoryCommand<ReservationAnswer> {
        public ReserveStock {
            Present.field("orderId", orderId);
            lines = Present.list("lines", lines);
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("A reservation has at least one line");
            }
        }

        @Override
        public Class<ReservationAnswer> answeredBy() {
            return ReservationAnswer.class;
        }
    }

    /** Undoes {@link ReserveStock}, whether it has happened, has not, or comes later. */
    @MessageType("dev.waybill.inventory.release-stock.v1")
    record ReleaseStock(OrderId orderId) implements InventoryCommand<StockReleased> {
        public ReleaseStock {
            Present.field("orderId", orderId);
        }

        @Override
        public Class<StockReleased> answeredBy() {
            return StockReleased.class;
        }
    }

    /** What is held for the order leaves the stock. */
    @MessageType("dev.waybill.inventory.commit-stock.v1")
    record CommitStock(OrderId orderId) implements InventoryCommand<StockCommitted> {
        public CommitStock {
            Present.field("orderId", orderId);
        }

        @Override
        public Class<StockCommitted> answeredBy() {
            return StockCommitted.class;
        }
    }

    /** Pieces that had left the stock for this order are back.
     *
     * @param lines at least one; a SKU may stand there twice and is then summed
     */
    @MessageType("dev.waybill.inventory.restock.v1")
    record Restock(OrderId orderId, RestockId restockId,
            List<StockLine> lines) implements InventoryCommand<StockRestocked> {
        public Restock {
            Present.field("orderId", orderId);
            Present.field("restockId", restockId);
            lines = Present.list("lines", lines);
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("A restock has at least one line");
            }
        }

        @Override
        public Class<StockRestocked> answeredBy() {
            return StockRestocked.class;
        }
    }
}
