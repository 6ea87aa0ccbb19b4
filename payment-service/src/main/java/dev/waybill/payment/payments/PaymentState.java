package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.RefundId;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Where a payment is after some {@link PaymentChange}s: always the same after the same. It only follows; what may happen is
 * decided by {@link Decider}. Money is held whole, captured whole, and given back in parts.
 *
 * @param inDoubt whether the call that is under way has had an attempt without an answer; refunds have that for themselves
 * @param voidRequested whether a void came while the authorization was under way, and is next
 * @param total what is to be paid; unknown where a void came first
 * @param reference the gateway's own name for what it holds or held
 * @param expiredReference what it held before it was renewed
 * @param refunds in the order in which they were asked for, which is the order in which they are made
 */
record PaymentState(
        PaymentStatus status,
        boolean inDoubt,
        boolean voidRequested,
        @Nullable Money total,
        @Nullable PaymentMethod paymentMethod,
        @Nullable String reference,
        @Nullable String expiredReference,
        @Nullable DeclineReason declineReason,
        @Nullable CaptureRefusal captureRefusal,
        List<Refund> refunds) {

    /** Nothing has happened yet. */
    static final PaymentState NEW = new PaymentState(PaymentStatus.NEW, false, false, null, null, null, null, null,
            null, List.of());

    PaymentState {
        refunds = List.copyOf(refunds);
    }

    PaymentState evolve(PaymentChange change) {
        return switch (change) {
            case PaymentChange.Imported before -> new PaymentState(before.status(), before.inDoubt(),
                    before.voidRequested(), before.total(), before.paymentMethod(), before.reference(), null,
                    before.declineReason(), before.captureRefusal(), List.of());
            case PaymentChange.AuthorizationRequested(Money amount, PaymentMethod method) ->
                new PaymentState(PaymentStatus.AUTHORIZING, false, false, amount, method, null, null, null, null,
                        refunds);
            case PaymentChange.Authorized(Money amount, String held) ->
                held(held).in(voidRequested ? PaymentStatus.VOIDING : PaymentStatus.AUTHORIZED);
            case PaymentChange.Declined(DeclineReason reason) ->
                new PaymentState(PaymentStatus.DECLINED, false, voidRequested, total, paymentMethod, null, null, reason,
                        null, refunds);
            case PaymentChange.VoidRequested() -> status == PaymentStatus.AUTHORIZING
                    ? new PaymentState(status, inDoubt, true, total, paymentMethod, null, null, null, null, refunds)
                    : in(PaymentStatus.VOIDING);
            case PaymentChange.Voided() -> in(PaymentStatus.VOIDED);
            case PaymentChange.VoidedInAdvance() -> in(PaymentStatus.VOIDED);
            case PaymentChange.CaptureRequested() -> in(PaymentStatus.CAPTURING);
            case PaymentChange.Captured(Money amount) -> in(PaymentStatus.CAPTURED).inWhatIsRefunded();
            case PaymentChange.RenewalRequested(String expired) -> in(PaymentStatus.RENEWING);
            case PaymentChange.Renewed(String held) -> held(held).in(PaymentStatus.CAPTURING);
            case PaymentChange.Lapsed(CaptureRefusal reason) -> new PaymentState(PaymentStatus.LAPSED, false,
                    voidRequested, total, paymentMethod, reference, expiredReference, null, reason, refunds);
            case PaymentChange.RefundRequested asked -> with(asked);
            case PaymentChange.Refunded(RefundId id, Money amount, @Nullable String key) ->
                with(id, refund -> refund.done(amount, key)).inWhatIsRefunded();
            case PaymentChange.RefundRefused refused ->
                with(refused.refundId(), refund -> refund.refused(refused.reason()));
            case PaymentChange.OutcomeInDoubt(@Nullable RefundId id) ->
                id == null ? in(status, true) : with(id, Refund::inDoubt);
        };
    }

    private PaymentState in(PaymentStatus next) {
        return in(next, false);
    }

    private PaymentState in(PaymentStatus next, boolean doubt) {
        return new PaymentState(next, doubt, voidRequested, total, paymentMethod, reference, expiredReference,
                declineReason, captureRefusal, refunds);
    }

    private PaymentState held(String next) {
        return new PaymentState(status, inDoubt, voidRequested, total, paymentMethod, next, reference, declineReason,
                captureRefusal, refunds);
    }

    private PaymentState with(List<Refund> next) {
        return new PaymentState(status, inDoubt, voidRequested, total, paymentMethod, reference, expiredReference,
                declineReason, captureRefusal, next);
    }

    private PaymentState with(RefundId id, UnaryOperator<Refund> step) {
        return with(refunds.stream().map(refund -> refund.id().equals(id) ? step.apply(refund) : refund).toList());
    }

    /** One that was refused and is asked for again has to queue up again. */
    private PaymentState with(PaymentChange.RefundRequested asked) {
        List<Refund> next = new ArrayList<>(refunds);
        next.removeIf(refund -> refund.id().equals(asked.refundId()));
        next.add(
                new Refund(asked.refundId(), asked.amount(), Refund.Status.REQUESTED, null, asked.requestedBy(),
                        asked.reason(), null));
        return with(next);
    }

    private PaymentState inWhatIsRefunded() {
        if (!moneyTaken()) {
            return this;
        }
        if (refunded().equals(captured())) {
            return in(PaymentStatus.REFUNDED);
        }
        return refunded().amountMinor() == 0 ? this : in(PaymentStatus.PARTIALLY_REFUNDED);
    }

    /** Whether anything is waited for that the gateway was asked for and has not answered. */
    boolean waitsInDoubt() {
        return inDoubt || refunds.stream().anyMatch(refund -> refund.status() == Refund.Status.IN_DOUBT);
    }

    /**
     * What is to be paid.
     *
     * @throws NullPointerException after a void that came first
     */
    Money toPay() {
        return requireNonNull(total, "Nothing is to be paid yet");
    }

    /** What the gateway holds, or held until it was captured. */
    Money authorized() {
        return switch (status) {
            case AUTHORIZED, VOIDING, CAPTURING, CAPTURED, PARTIALLY_REFUNDED, REFUNDED -> toPay();
            case NEW, AUTHORIZING, DECLINED, VOIDED, RENEWING, LAPSED -> nothing();
        };
    }

    boolean moneyTaken() {
        return switch (status) {
            case CAPTURED, PARTIALLY_REFUNDED, REFUNDED -> true;
            case NEW, AUTHORIZING, AUTHORIZED, DECLINED, VOIDING, VOIDED, CAPTURING, RENEWING, LAPSED -> false;
        };
    }

    Money captured() {
        return moneyTaken() ? toPay() : nothing();
    }

    /** What was given back. What somebody else gave back before we know of the capture counts from that on. */
    Money refunded() {
        return moneyTaken() ? given() : nothing();
    }

    /** The same, also before we know of the capture. */
    Money given() {
        return sum(refunds.stream().filter(refund -> refund.status() == Refund.Status.DONE));
    }

    /**
     * What is under way to be given back: nobody else can have it, unless the gateway refuses. It never comes to more than what
     * is left, though somebody else may have given that back meanwhile.
     */
    Money refunding() {
        Money left = captured().minus(refunded());
        if (refunds.stream().anyMatch(refund -> refund.underWay() && refund.amount() == null)) {
            return left;
        }
        Money wanted = sum(refunds.stream().filter(Refund::underWay));
        return wanted.compareTo(left) > 0 ? left : wanted;
    }

    /** What can still be asked for. */
    Money refundable() {
        return captured().minus(refunded()).minus(refunding());
    }

    /**
     * What a refund that is under way comes to: what was asked for, or all that those before it leave. It does not change once
     * those are settled, whatever somebody else gives back meanwhile: the gateway has been asked for it.
     */
    Money amountOf(Refund refund) {
        if (refund.amount() != null) {
            return refund.amount();
        }
        List<Refund> before = refunds.subList(0, refunds.indexOf(refund));
        Money taken = sum(
                before.stream().filter(other -> other.status() != Refund.Status.REFUSED && other.amount() != null));
        return taken.compareTo(captured()) > 0 ? nothing() : captured().minus(taken);
    }

    private Money sum(Stream<Refund> all) {
        return all.map(refund -> requireNonNull(refund.amount())).reduce(nothing(), Money::plus);
    }

    Optional<Refund> refund(RefundId id) {
        return refunds.stream().filter(refund -> refund.id().equals(id)).findFirst();
    }

    private Money nothing() {
        return Money.zero(toPay().currency());
    }
}
