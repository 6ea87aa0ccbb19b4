package dev.waybill.order.orders;

import dev.waybill.events.Address;
import dev.waybill.events.CustomerId;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.Quantity;
import dev.waybill.events.Sku;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** An order as callers see it. */
record OrderView(
        OrderId id,
        OrderNumber number,
        CustomerId customerId,
        OrderStatus status,
        @Nullable String reason,
        List<LineView> lines,
        Money total,
        PaymentMethod paymentMethod,
        Address shippingAddress,
        Instant placedAt,
        Instant updatedAt,
        long version,
        Links links) {

    record LineView(Sku sku, Quantity quantity, Money unitPrice, Money subtotal) {
        static LineView from(Line line) {
            return new LineView(line.sku(), line.quantity(), line.unitPrice(), line.subtotal());
        }
    }

    record Links(String self) {}

    static OrderView from(Order order) {
        return new OrderView(
                order.id(),
                order.number(),
                order.customerId(),
                order.status(),
                order.reason(),
                order.lines().stream().map(LineView::from).toList(),
                order.total(),
                order.paymentMethod(),
                order.shippingAddress(),
                order.placedAt(),
                order.updatedAt(),
                order.version(),
                new Links("/orders/" + order.id()));
    }

    /** The same order at another time. */
    OrderView asItWas(OrderStatus then, @Nullable String why, Instant lastChanged, long versionThen) {
        return new OrderView(
                id, number, customerId, then, why, lines, total, paymentMethod, shippingAddress, placedAt, lastChanged,
                versionThen, links);
    }
}
