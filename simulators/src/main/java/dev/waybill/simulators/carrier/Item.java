package dev.waybill.simulators.carrier;

import dev.waybill.simulators.web.Checks;

/**
 * What a parcel holds.
 *
 * @param quantity pieces, at least one
 */
record Item(String sku, int quantity) {

    Item {
        Checks.text("A SKU", sku, 100);
        if (quantity < 1) {
            throw new IllegalArgumentException("A quantity is at least one");
        }
    }
}
