package dev.waybill.order.orders;

import dev.waybill.events.OrderId;

/** Somebody speaks of an order that was never placed here: no refusal, but a fault of the message. */
final class NoSuchOrder extends RuntimeException {

    NoSuchOrder(OrderId orderId) {
        super("There is no order " + orderId);
    }
}
