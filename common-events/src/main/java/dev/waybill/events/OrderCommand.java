package dev.waybill.events;

import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderEvent.ReturnCompleted;
import dev.waybill.events.OrderEvent.ReturnRefusal;
import dev.waybill.events.OrderEvent.ReturnRefused;

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

    /** Whatever had been done for the order is undone: it is cancelled. */
    @MessageType("dev.waybill.order.cancel.v1")
    record CancelOrder(OrderId orderId) implements OrderCommand<OrderCancelled> {
        public CancelOrder {
            Present.field("orderId", orderId);
        }

        @Override
        public Class<OrderCancelled> answeredBy() {
            return OrderCancelled.class;
        }
    }

    /** The order cannot be cancelled any more: it goes back to where it was. */
    @MessageType("dev.waybill.order.reinstate.v1")
    record ReinstateOrder(OrderId orderId, CancellationId cancellationId,
            CancellationRefusal reason) implements OrderCommand<OrderReinstated> {
        public ReinstateOrder {
            Present.field("orderId", orderId);
            Present.field("cancellationId", cancellationId);
            Present.field("reason", reason);
        }

        @Override
        public Class<OrderReinstated> answeredBy() {
            return OrderReinstated.class;
        }
    }

    /** The return is paid back and its pieces are in the stock again. */
    @MessageType("dev.waybill.order.complete-return.v1")
    record CompleteReturn(OrderId orderId, ReturnId returnId) implements OrderCommand<ReturnCompleted> {
        public CompleteReturn {
            Present.field("orderId", orderId);
            Present.field("returnId", returnId);
        }

        @Override
        public Class<ReturnCompleted> answeredBy() {
            return ReturnCompleted.class;
        }
    }

    /** The return cannot be paid back: nothing of it is done. */
    @MessageType("dev.waybill.order.refuse-return.v1")
    record RefuseReturn(OrderId orderId, ReturnId returnId,
            ReturnRefusal reason) implements OrderCommand<ReturnRefused> {
        public RefuseReturn {
            Present.field("orderId", orderId);
            Present.field("returnId", returnId);
            Present.field("reason", reason);
        }

        @Override
        public Class<ReturnRefused> answeredBy() {
            return ReturnRefused.class;
        }
    }
}
