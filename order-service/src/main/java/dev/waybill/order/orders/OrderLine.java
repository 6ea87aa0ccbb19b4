package dev.waybill.order.orders;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

import java.util.Currency;

/** A line as it is stored: its currency is the order's. */
@Embeddable
record OrderLine(String sku, int quantity, @Column(name = "unit_price_minor") long unitPriceMinor) {

    static OrderLine from(Line line) {
        return new OrderLine(line.sku().value(), line.quantity().value(), line.unitPrice().amountMinor());
    }

    Line in(Currency currency) {
        return new Line(new Sku(sku), Quantity.of(quantity), new Money(unitPriceMinor, currency));
    }
}
