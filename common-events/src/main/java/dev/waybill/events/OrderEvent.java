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
}
