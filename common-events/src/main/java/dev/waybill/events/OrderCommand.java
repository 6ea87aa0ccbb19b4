package dev.waybill.events;

import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;

/** What the order service is asked to do. */
public sealed interface OrderCommand<A extends OrderEvent> extends Command<A> {

    /** Fulfillment has succeeded: confirm the order. */
    @MessageType("dev.waybill.order.confirm.v1")
    record ConfirmOrder(OrderId orderId) implements OrderCommand<OrderConfirmed> {
        public ConfirmOrder {
            Present.field("orderId", orderId);
        }

        @Override
        public Class<OrderConfirmed> answeredBy() {
            return OrderConfirmed.class;
        }
    }

    /** Fulfillment has failed and all is undone: reject the order. */
    @MessageType("dev.waybill.order.reject.v1")
    record RejectOrder(OrderId orderId, RejectionReason reason) implements OrderCommand<OrderRejected> {
        public RejectOrder {
            Present.field("orderId", orderId);
            Present.field("reason", reason);
        }

        @Override
        public Class<OrderRejected> answeredBy() {
            return OrderRejected.class;
        }
    }
}
