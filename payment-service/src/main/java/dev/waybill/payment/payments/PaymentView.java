package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.DeclineReason;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it is shown.
 *
 * @param total none where a void came before anything was to be paid; so the other amounts
 */
record PaymentView(
        OrderId orderId,
        Status status,
        @Nullable Money total,
        @Nullable Money authorized,
        @Nullable Money captured,
        @Nullable Money refunded,
        @Nullable String gatewayReference,
        @Nullable DeclineReason declineReason) {

    /** What others need to know of {@link PaymentStatus}. Open. */
    enum Status {
        PENDING, AUTHORIZED, CAPTURED, VOIDED, DECLINED,
        /** The gateway was asked and has not answered; it is asked again until it does. */
        UNKNOWN
    }

    static PaymentView from(Payment payment) {
        boolean amounts = payment.hasTotal();
        return new PaymentView(
                payment.orderId(),
                payment.inDoubt() ? Status.UNKNOWN : shown(payment.status()),
                amounts ? payment.total() : null,
                amounts ? payment.authorized() : null,
                amounts ? payment.captured() : null,
                amounts ? Money.zero(payment.total().currency()) : null,
                payment.gatewayReferenceIfAny(),
                payment.declineReason());
    }

    private static Status shown(PaymentStatus status) {
        return switch (status) {
            case NEW, AUTHORIZING -> Status.PENDING;
            case AUTHORIZED, VOIDING, CAPTURING -> Status.AUTHORIZED;
            case DECLINED -> Status.DECLINED;
            case VOIDED, LAPSED -> Status.VOIDED;
            case CAPTURED -> Status.CAPTURED;
        };
    }
}
