package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.PaymentEvent.RefundRefused;
import dev.waybill.events.RefundId;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

import static java.util.Objects.requireNonNull;

/**
 * What may be given back of a payment, as pure functions of where it is. Any number of refunds may be under way, made one after
 * another; together with those that are done they never come to more than was captured, as what is under way is taken already.
 * One that asks for all that is left takes all, and waits until it is known what those before it leave.
 *
 * <p>What somebody else has had the gateway give back is a refund too, and done: what is under way may then be refused.
 *
 * <p>Asked for again under its id a refund is answered again; only one that was refused is decided anew.
 */
record RefundDecider(OrderId orderId, PaymentState state) {

    /**
     * Gives money back.
     *
     * @param amount none stands for all that is left
     * @param requestedBy the operator; none where a command asked
     * @throws IllegalStateException in a currency that was not paid in, or where the id belongs to another amount
     */
    Decision refund(RefundId id, @Nullable Money amount, @Nullable String requestedBy, @Nullable String reason) {
        if (!state.moneyTaken()) {
            return refused(id, RefundRefusal.NOT_CAPTURED);
        }
        if (amount != null && !amount.currency().equals(state.toPay().currency())) {
            throw new IllegalStateException(
                    "Order %s was paid in %s: %s cannot be refunded".formatted(orderId, state.toPay().currency(),
                            amount));
        }
        Refund known = state.refund(id).orElse(null);
        if (known != null && known.status() != Refund.Status.REFUSED) {
            return again(known, amount);
        }
        if (amount != null && amount.compareTo(state.refundable()) > 0) {
            return refused(id, RefundRefusal.EXCEEDS_CAPTURED);
        }
        var requested = new PaymentChange.RefundRequested(id, amount, requestedBy, reason);
        return nothingIsWanted(amount)
                ? done(id, requested)
                : Decision.ask(GatewayCall.REFUND, id.value(), requested);
    }

    private Decision again(Refund known, @Nullable Money amount) {
        // One that was done for all that was left has its amount by now.
        boolean same = Objects.equals(known.amount(), amount) || (amount == null && !known.underWay());
        if (!same) {
            throw new IllegalStateException("Refund %s of order %s is of another amount than %s"
                    .formatted(known.id(), orderId, amount));
        }
        return known.underWay()
                ? Decision.ask(GatewayCall.REFUND, known.id().value())
                : Decision.answer(stands(known));
    }

    private boolean nothingIsWanted(@Nullable Money amount) {
        return amount == null
                ? state.refunded().equals(state.captured())
                : amount.amountMinor() == 0;
    }

    private Decision done(RefundId id, PaymentChange.RefundRequested requested) {
        var done = new PaymentChange.Refunded(id, Money.zero(state.toPay().currency()), null);
        return atOnce(requested, done);
    }

    private Decision atOnce(PaymentChange.RefundRequested requested, PaymentChange.Refunded done) {
        PaymentState after = state.evolve(requested).evolve(done);
        Refund refund = after.refund(requested.refundId()).orElseThrow();
        return Decision.answer(new RefundDecider(orderId, after).stands(refund), requested, done);
    }

    Decision answered(RefundId id, GatewayAnswer.ToRefund answer) {
        Refund refund = state.refund(id).orElseThrow(
                () -> new IllegalStateException("Order %s has no refund %s".formatted(orderId, id)));
        return switch (answer) {
            case GatewayAnswer.Refunded(Money amount, String key) -> {
                requireUnderWay(refund);
                yield after(refund, new PaymentChange.Refunded(id, amount, key));
            }
            case GatewayAnswer.RefundNotPossible(RefundRefusal reason) -> {
                requireUnderWay(refund);
                yield after(refund, new PaymentChange.RefundRefused(id, reason));
            }
            case GatewayAnswer.SettledBefore() -> Decision.answer(stands(refund));
        };
    }

    /** The gateway has been asked and has not answered. */
    Decision doubt(RefundId id) {
        boolean news = state.refund(id).filter(refund -> refund.status() == Refund.Status.REQUESTED).isPresent();
        return news ? Decision.note(new PaymentChange.OutcomeInDoubt(id)) : Decision.note();
    }

    /**
     * Whether the gateway can have given this back, going by what it has taken. It may have taken it by now where we have asked
     * for that, or somebody else may have.
     */
    boolean isPossible(Money amount) {
        boolean captured = switch (state.status()) {
            case AUTHORIZED, CAPTURING, CAPTURED, PARTIALLY_REFUNDED, REFUNDED -> true;
            case NEW, AUTHORIZING, DECLINED, VOIDING, VOIDED, RENEWING, LAPSED -> false;
        };
        return captured && amount.currency().equals(state.toPay().currency())
                && amount.compareTo(state.toPay().minus(state.given())) <= 0;
    }

    /**
     * Records that the gateway gave money back because somebody else asked it to. There is nothing to decide about a fact; as
     * long as we do not know of the capture it is noted only, and counts from that on.
     */
    Decision madeElsewhere(RefundId id, Money amount, String key) {
        var requested = new PaymentChange.RefundRequested(id, amount, Refund.ELSEWHERE, null);
        var done = new PaymentChange.Refunded(id, amount, key);
        return state.moneyTaken() ? atOnce(requested, done) : Decision.note(requested, done);
    }

    private Decision after(Refund refund, PaymentChange change) {
        PaymentState after = state.evolve(change);
        PaymentEvent answer = new RefundDecider(orderId, after).stands(after.refund(refund.id()).orElseThrow());
        return Decision.answer(answer, change);
    }

    private PaymentEvent stands(Refund refund) {
        return switch (refund.status()) {
            case DONE -> new PaymentRefunded(orderId, refund.id(), requireNonNull(refund.amount()), state.refunded());
            case REFUSED -> new RefundRefused(orderId, refund.id(), requireNonNull(refund.refusal()));
            case REQUESTED, IN_DOUBT -> throw new IllegalStateException(
                    "Refund %s of order %s is not settled".formatted(refund.id(), orderId));
        };
    }

    private void requireUnderWay(Refund refund) {
        if (!refund.underWay()) {
            throw new IllegalStateException(
                    "Refund %s of order %s is %s and cannot be answered".formatted(refund.id(), orderId,
                            refund.status()));
        }
    }

    private Decision refused(RefundId id, RefundRefusal reason) {
        return Decision.answer(new RefundRefused(orderId, id, reason));
    }
}
