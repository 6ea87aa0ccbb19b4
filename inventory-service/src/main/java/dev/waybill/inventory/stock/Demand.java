package dev.waybill.inventory.stock;

import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pieces that an order asks for, or brings back, summed per SKU and in SKU order. Sums are wider than a {@link Quantity}: two lines may each be one
 * and their sum be none, which is a demand that has to be refused, not an error.
 */
record Demand(SortedMap<Sku, Long> pieces) {

    static Demand of(List<StockLine> lines) {
        SortedMap<Sku, Long> pieces = new TreeMap<>();
        lines.forEach(line -> pieces.merge(line.sku(), (long) line.quantity().value(), Long::sum));
        return new Demand(pieces);
    }

    /** How many pieces of this SKU; 0 where there are none. */
    long of(Sku sku) {
        return pieces.getOrDefault(sku, 0L);
    }

    /** One line per SKU, in SKU order. */
    List<StockLine> lines() {
        return pieces.entrySet().stream().map(entry -> new StockLine(entry.getKey(), quantity(entry.getValue())))
                .toList();
    }

    /** The number, or the greatest that a quantity can say. */
    static Quantity quantity(long pieces) {
        return Quantity.of((int) Math.min(pieces, Quantity.MAX));
    }
}
