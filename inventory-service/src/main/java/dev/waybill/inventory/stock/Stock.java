package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryEvent.Shortage;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The stock that one command needs, and the movements that the command has made in it. */
class Stock {

    private final Map<Sku, StockItem> items;
    private final List<StockMovement> movements = new ArrayList<>();

    /** @param items those that exist; a SKU that is not among them is one of which there is nothing */
    Stock(Map<Sku, StockItem> items) {
        this.items = Map.copyOf(items);
    }

    /**
     * What of the demand cannot be had, in SKU order. More than {@value Quantity#MAX} pieces of a SKU cannot be had, however many there are.
     */
    List<Shortage> shortages(Demand demand) {
        List<Shortage> shortages = new ArrayList<>();
        demand.pieces().forEach((sku, wanted) -> {
            int available = available(sku);
            if (wanted > Math.min(available, Quantity.MAX)) {
                shortages.add(new Shortage(sku, Demand.quantity(wanted), available));
            }
        });
        return shortages;
    }

    void reserve(OrderId orderId, List<StockLine> lines, Instant now) {
        move(lines, line -> item(line).reserve(orderId, line.quantity(), now));
    }

    void release(OrderId orderId, List<StockLine> lines, Instant now) {
        move(lines, line -> item(line).release(orderId, line.quantity(), now));
    }

    void commit(OrderId orderId, List<StockLine> lines, Instant now) {
        move(lines, line -> item(line).commit(orderId, line.quantity(), now));
    }

    /** Pieces that had left for the order are back. */
    void restock(OrderId orderId, List<StockLine> lines, Instant now) {
        move(lines, line -> item(line).restock(orderId, line.quantity(), now));
    }

    AdjustmentOutcome adjust(Sku sku, Adjustment adjustment, String reason, String who, Instant now) {
        StockItem item = items.get(sku);
        AdjustmentOutcome outcome = item == null
                ? new AdjustmentOutcome.TooFewLeft(0, 0)
                : item.adjust(adjustment, reason, who, now);
        if (outcome instanceof AdjustmentOutcome.Adjusted(StockMovement movement)) {
            movements.add(movement);
        }
        return outcome;
    }

    List<StockMovement> movements() {
        return List.copyOf(movements);
    }

    private int available(Sku sku) {
        StockItem item = items.get(sku);
        return item == null ? 0 : item.available();
    }

    private StockItem item(StockLine line) {
        StockItem item = items.get(line.sku());
        if (item == null) {
            throw new IllegalStateException("There is no stock of " + line.sku());
        }
        return item;
    }

    private void move(List<StockLine> lines, Function<StockLine, StockMovement> movement) {
        lines.forEach(line -> movements.add(movement.apply(line)));
    }
}
