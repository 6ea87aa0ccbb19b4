package dev.waybill.order.catalogue;

import dev.waybill.events.Money;
import dev.waybill.events.Sku;

record ProductView(Sku sku, String name, Money price, boolean active) {

    static ProductView from(Product product) {
        return new ProductView(product.sku(), product.name(), product.price(), product.isActive());
    }
}
