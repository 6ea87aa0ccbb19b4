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
        PENDING, AUTHORIZED, CAPTURED, VOIDED, DECLINED, PARTIALLY_REFUNDED, REFUNDED,
        /** The gateway was asked and has not answered; it is asked again until it does. */
        UNKNOWN
    }

    static PaymentView from(OrderId orderId, PaymentState state) {
        boolean amounts = state.total() != null;
        return new PaymentView(
                orderId,
                state.waitsInDoubt() ? Status.UNKNOWN : shown(state.status()),
                state.total(),
                amounts ? state.authorized() : null,
                amounts ? state.captured() : null,
                amounts ? state.refunded() : null,
                state.reference(),
                state.declineReason());
    }

    private static Status shown(PaymentStatus status) {
        return switch (status) {
            case NEW, AUTHORIZING, RENEWING -> Status.PENDING;
            case AUTHORIZED, VOIDING, CAPTURING -> Status.AUTHORIZED;
            case DECLINED -> Status.DECLINED;
            case VOIDED, LAPSED -> Status.VOIDED;
            case CAPTURED -> Status.CAPTURED;
            case PARTIALLY_REFUNDED -> Status.PARTIALLY_REFUNDED;
            case REFUNDED -> Status.REFUNDED;
        };
    }
}
