package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.RefundId;
import org.jspecify.annotations.Nullable;

/**
 * A refund as it is shown.
 *
 * @param amount none as long as it stands for all that is left
 * @param reason and requestedBy: none where a saga asked for it
 * @param refusal why it was refused
 */
record RefundView(
        RefundId id,
        OrderId orderId,
        @Nullable Money amount,
        Status status,
        @Nullable String reason,
        @Nullable String requestedBy,
        @Nullable RefundRefusal refusal) {

    /** Open. */
    enum Status {
        PENDING,
        /** The gateway was asked and has not answered; it is asked again until it does. */
        UNKNOWN, REFUNDED, REFUSED
    }

    static RefundView from(OrderId orderId, Refund refund) {
        return new RefundView(
                refund.id(),
                orderId,
                refund.amount(),
                switch (refund.status()) {
                    case REQUESTED -> Status.PENDING;
                    case IN_DOUBT -> Status.UNKNOWN;
                    case DONE -> Status.REFUNDED;
                    case REFUSED -> Status.REFUSED;
                },
                refund.reason(),
                refund.requestedBy(),
                refund.refusal());
    }
}
