package dev.waybill.inventory.stock;

import dev.waybill.events.Sku;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The bug: whether there is enough is decided by what an earlier transaction has read. */
final class CheckedInAnotherTransaction {

    private static final Map<Sku, Integer> READ_EARLIER = new ConcurrentHashMap<>();

    private CheckedInAnotherTransaction() {}

    static int available(int now, StockItem item) {
        return READ_EARLIER.computeIfAbsent(item.sku(), _ -> now);
    }
}
