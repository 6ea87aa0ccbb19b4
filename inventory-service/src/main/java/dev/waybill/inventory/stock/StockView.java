package dev.waybill.inventory.stock;

import dev.waybill.events.Sku;

/** A SKU's stock as it is shown. */
record StockView(Sku sku, int onHand, int reserved, int available, long version) {

    static StockView from(StockItem item) {
        return new StockView(item.sku(), item.onHand(), item.reserved(), item.available(), item.version());
    }
}
