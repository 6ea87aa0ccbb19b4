package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.RefundId;
import org.jspecify.annotations.Nullable;

/**
 * Money that is to be given back, is, or is not.
 *
 * @param amount as it was asked for, and from {@link Status#DONE} on as it was given back; none stands for all that is left
 * @param requestedBy the operator; none where a command asked
 */
record Refund(
        RefundId id,
        @Nullable Money amount,
        Status status,
        @Nullable RefundRefusal refusal,
        @Nullable String requestedBy,
        @Nullable String reason) {

    /** The names are stored. */
    enum Status {
        REQUESTED,
        /** The gateway was asked and has not answered. */
        IN_DOUBT, DONE, REFUSED
    }

    boolean underWay() {
        return switch (status) {
            case REQUESTED, IN_DOUBT -> true;
            case DONE, REFUSED -> false;
        };
    }

    Refund inDoubt() {
        return new Refund(id, amount, Status.IN_DOUBT, null, requestedBy, reason);
    }

    Refund done(Money given) {
        return new Refund(id, given, Status.DONE, null, requestedBy, reason);
    }

    Refund refused(RefundRefusal why) {
        return new Refund(id, amount, Status.REFUSED, why, requestedBy, reason);
    }
}
