package dev.waybill.payment.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.events.Money;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.RefundId;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a payment, step by step: all that is kept of it, and all that {@link PaymentState} is made of. These are
 * our own notes; what others are told are {@link dev.waybill.events.PaymentEvent}s. Once stored they are never rewritten: how an
 * older form is read is {@link Upcasters}' matter.
 */
sealed interface PaymentChange {

    /** What was known of a payment when its steps were not yet kept. Always the first. */
    record Imported(
            PaymentStatus status,
            boolean inDoubt,
            boolean voidRequested,
            @Nullable Money total,
            @Nullable PaymentMethod paymentMethod,
            @Nullable String reference,
            @Nullable DeclineReason declineReason,
            @Nullable CaptureRefusal captureRefusal) implements PaymentChange {}

    /** The gateway is to hold the amount. The method is a name that the gateway gave out, nothing of a card. */
    record AuthorizationRequested(Money amount, PaymentMethod paymentMethod) implements PaymentChange {}

    record Authorized(Money amount, String reference) implements PaymentChange {}

    record Declined(DeclineReason reason) implements PaymentChange {}

    record VoidRequested() implements PaymentChange {}

    record Voided() implements PaymentChange {}

    /** A void came before there was anything to let go of: an authorization that comes later is declined. */
    record VoidedInAdvance() implements PaymentChange {}

    record CaptureRequested() implements PaymentChange {}

    record Captured(Money amount) implements PaymentChange {}

    /** What was held has expired before it was captured; the gateway is to hold the amount once more. */
    record RenewalRequested(String expiredReference) implements PaymentChange {}

    record Renewed(String reference) implements PaymentChange {}

    /** The gateway does not capture: nothing is held any more. */
    record Lapsed(CaptureRefusal reason) implements PaymentChange {}

    /**
     * Money is to be given back.
     *
     * @param amount none stands for all that is left when it comes to it
     * @param requestedBy the operator, or {@link Refund#ELSEWHERE}; none where a command asked
     */
    record RefundRequested(
            RefundId refundId, @Nullable Money amount, @Nullable String requestedBy, @Nullable String reason)
            implements
                PaymentChange {}

    /**
     * Money is given back.
     *
     * @param key under which the gateway has done it; none where the gateway was not asked, and in what was stored before keys
     *     were noted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Refunded(RefundId refundId, Money amount, @Nullable String key) implements PaymentChange {}

    record RefundRefused(RefundId refundId, RefundRefusal reason) implements PaymentChange {}

    /**
     * The gateway was asked and did not answer. It is asked again, until it does.
     *
     * @param refundId where it was asked for a refund
     */
    record OutcomeInDoubt(@Nullable RefundId refundId) implements PaymentChange {}
}
