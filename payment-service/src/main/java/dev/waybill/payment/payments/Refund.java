package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.RefundId;
import org.jspecify.annotations.Nullable;

/**
 * Money that is to be given back, is, or is not.
 *
 * @param amount as it was asked for, and from {@link Status#DONE} on as it was given back; none stands for all that is left
 * @param requestedBy the operator, or {@link #ELSEWHERE}; none where a command asked
 * @param key under which the gateway has done it, as far as that was noted
 */
record Refund(
        RefundId id,
        @Nullable Money amount,
        Status status,
        @Nullable RefundRefusal refusal,
        @Nullable String requestedBy,
        @Nullable String reason,
        @Nullable String key) {

    /** Whoever has asked the gateway and not us: a person in the gateway's own console, say. */
    static final String ELSEWHERE = "elsewhere, at the gateway";

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
        return new Refund(id, amount, Status.IN_DOUBT, null, requestedBy, reason, null);
    }

    Refund done(Money given, @Nullable String as) {
        return new Refund(id, given, Status.DONE, null, requestedBy, reason, as);
    }

    Refund refused(RefundRefusal why) {
        return new Refund(id, amount, Status.REFUSED, why, requestedBy, reason, null);
    }
}
