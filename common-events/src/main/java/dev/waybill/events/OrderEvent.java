package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** What happens to an order. */
public sealed interface OrderEvent extends Event {

    /**
     * A customer has placed an order; it is accepted, and fulfilling it begins.
     *
     * @param lines as the customer wrote them, so a SKU may stand there twice; at least one
     * @param contactEmail personal data, for the mails about this order
     */
    @MessageType("dev.waybill.order.placed.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OrderPlaced(
            OrderId orderId,
            OrderNumber number,
            CustomerId customerId,
            List<Line> lines,
            Money total,
            PaymentMethod paymentMethod,
            Address shippingAddress,
            @Nullable String contactEmail) implements OrderEvent {
        public OrderPlaced {
            Present.field("orderId", orderId);
            Present.field("number", number);
            Present.field("customerId", customerId);
            lines = Present.list("lines", lines);
            Present.field("total", total);
            Present.field("paymentMethod", paymentMethod);
            Present.field("shippingAddress", shippingAddress);
            if (contactEmail != null) {
                Text.required("A contact e-mail address", contactEmail, 254);
            }
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("An order has at least one line");
            }
        }
    }

    /** One line of an order, with what one piece cost when it was placed. */
    record Line(Sku sku, Quantity quantity, Money unitPrice) {
        public Line {
            Present.field("sku", sku);
            Present.field("quantity", quantity);
            Present.field("unitPrice", unitPrice);
        }

        public Money subtotal() {
            return unitPrice.times(quantity);
        }
    }

    /** The order is paid, its stock taken and its parcel on its way out: the fulfillment has succeeded. */
    @MessageType("dev.waybill.order.confirmed.v1")
    record OrderConfirmed(OrderId orderId) implements OrderEvent {
        public OrderConfirmed {
            Present.field("orderId", orderId);
        }
    }

    /** The order could not be fulfilled; whatever had been done for it is undone. */
    @MessageType("dev.waybill.order.rejected.v1")
    record OrderRejected(OrderId orderId, RejectionReason reason) implements OrderEvent {
        public OrderRejected {
            Present.field("orderId", orderId);
            Present.field("reason", reason);
        }
    }

    /** Why an order was rejected. Open: readers take what they do not know for {@link #UNKNOWN}. */
    enum RejectionReason {
        OUT_OF_STOCK, PAYMENT_DECLINED, SHIPMENT_REFUSED, TIMED_OUT, @JsonEnumDefaultValue
        UNKNOWN
    }

    /** Somebody wants the order cancelled; whether it still can be is now found out.
     *
     * @param statedReason in the words of whoever asked; may hold personal data
     */
    @MessageType("dev.waybill.order.cancellation-requested.v1")
    record CancellationRequested(OrderId orderId, CancellationId cancellationId,
            String statedReason) implements OrderEvent {
        public CancellationRequested {
            Present.field("orderId", orderId);
            Present.field("cancellationId", cancellationId);
            Text.required("A stated reason", statedReason, 500);
        }
    }

    /** The order is cancelled: nothing is kept for it, nothing of its price, and no parcel leaves. */
    @MessageType("dev.waybill.order.cancelled.v1")
    record OrderCancelled(OrderId orderId) implements OrderEvent {
        public OrderCancelled {
            Present.field("orderId", orderId);
        }
    }

    /** The order could not be cancelled any more and is again what it was before. */
    @MessageType("dev.waybill.order.reinstated.v1")
    record OrderReinstated(OrderId orderId, CancellationId cancellationId,
            CancellationRefusal reason) implements OrderEvent {
        public OrderReinstated {
            Present.field("orderId", orderId);
            Present.field("cancellationId", cancellationId);
            Present.field("reason", reason);
        }
    }

    /** Why a cancellation was refused. Open. */
    enum CancellationRefusal {
        /** The carrier has the parcel. */
        HANDED_OVER, @JsonEnumDefaultValue
        UNKNOWN
    }

    /** The carrier has the parcel. */
    @MessageType("dev.waybill.order.shipped.v1")
    record OrderShipped(OrderId orderId, String trackingNumber) implements OrderEvent {
        public OrderShipped {
            Present.field("orderId", orderId);
            Text.required("A tracking number", trackingNumber, 100);
        }
    }

    /** The parcel has reached its address. */
    @MessageType("dev.waybill.order.delivered.v1")
    record OrderDelivered(OrderId orderId) implements OrderEvent {
        public OrderDelivered {
            Present.field("orderId", orderId);
        }
    }

    /** Pieces of the order come back.
     *
     * @param lines summed per SKU, in SKU order; at least one
     * @param refund what these pieces cost when they were ordered
     * @param statedReason in the words of whoever asked; may hold personal data
     */
    @MessageType("dev.waybill.order.return-requested.v1")
    record ReturnRequested(OrderId orderId, ReturnId returnId, List<StockLine> lines, Money refund,
            String statedReason) implements OrderEvent {
        public ReturnRequested {
            Present.field("orderId", orderId);
            Present.field("returnId", returnId);
            lines = Present.list("lines", lines);
            Present.field("refund", refund);
            Text.required("A stated reason", statedReason, 500);
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("A return has at least one line");
            }
        }
    }

    /** The return is paid back and its pieces are in the stock again. */
    @MessageType("dev.waybill.order.return-completed.v1")
    record ReturnCompleted(OrderId orderId, ReturnId returnId) implements OrderEvent {
        public ReturnCompleted {
            Present.field("orderId", orderId);
            Present.field("returnId", returnId);
        }
    }

    /** The return could not be paid back; nothing of it was done. */
    @MessageType("dev.waybill.order.return-refused.v1")
    record ReturnRefused(OrderId orderId, ReturnId returnId, ReturnRefusal reason) implements OrderEvent {
        public ReturnRefused {
            Present.field("orderId", orderId);
            Present.field("returnId", returnId);
            Present.field("reason", reason);
        }
    }

    /** Why a return was refused. Open. */
    enum ReturnRefusal {
        /** There is not that much left to be paid back. */
        NOT_REFUNDABLE, @JsonEnumDefaultValue
        UNKNOWN
    }
}
