package dev.waybill.events;

/** So many pieces of one SKU. */
public record StockLine(Sku sku, Quantity quantity) {

    public StockLine {
        if (sku == null) {
            throw new IllegalArgumentException("A line's SKU is missing");
        }
        if (quantity == null) {
            throw new IllegalArgumentException("A line's quantity is missing");
        }
    }
}
