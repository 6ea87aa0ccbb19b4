package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentMethod;

import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * What may happen to the payment of one order, as pure functions of where it is. Money is held at most once at a time, captured
 * at most once and only while it is held, and never after a void: a void that comes first stays, and declines the authorization
 * that comes later. A void that comes while the authorization is under way waits for its answer, since what may be held has to
 * be known before it can be let go. What has expired before its capture is held anew, once; whoever asked for the capture is
 * told of neither.
 *
 * <p>Every command gets one answer of its own. One whose effect is there already is answered again, without a second effect.
 * A command that may not be given now is an {@link IllegalStateException}. Refunds are decided by {@link RefundDecider}.
 */
record Decider(OrderId orderId, PaymentState state) {

    /** Has the amount held, unless a void came first. */
    Decision authorize(Money amount, PaymentMethod method) {
        if (state.status() == PaymentStatus.NEW) {
            return Decision.ask(GatewayCall.AUTHORIZE, new PaymentChange.AuthorizationRequested(amount, method));
        }
        if (state.total() != null && !(state.total().equals(amount) && method.equals(state.paymentMethod()))) {
            throw new IllegalStateException(
                    "Order %s is to be paid %s by %s, not %s by %s".formatted(orderId, state.total(),
                            state.paymentMethod(), amount, method));
        }
        return state.status() == PaymentStatus.AUTHORIZING
                ? Decision.ask(GatewayCall.AUTHORIZE)
                : Decision.answer(authorizationStands());
    }

    Decision authorizationAnswered(GatewayAnswer.ToAuthorization answer) {
        return switch (answer) {
            case GatewayAnswer.Authorized(String reference) -> {
                require(PaymentStatus.AUTHORIZING);
                yield Decision.answer(
                        new PaymentAuthorized(orderId, state.toPay(), reference),
                        new PaymentChange.Authorized(state.toPay(), reference));
            }
            case GatewayAnswer.Declined(DeclineReason reason) -> {
                require(PaymentStatus.AUTHORIZING);
                yield after(new PaymentChange.Declined(reason), Decider::authorizationStands);
            }
            case GatewayAnswer.SettledBefore() -> Decision.answer(authorizationStands());
        };
    }

    private PaymentEvent authorizationStands() {
        return switch (state.status()) {
            case AUTHORIZED, CAPTURING, RENEWING, CAPTURED, PARTIALLY_REFUNDED, REFUNDED ->
                new PaymentAuthorized(orderId, state.toPay(), requireNonNull(state.reference()));
            case DECLINED -> new PaymentDeclined(orderId, requireNonNull(state.declineReason()));
            case VOIDING, VOIDED, LAPSED -> new PaymentDeclined(orderId, DeclineReason.ALREADY_VOIDED);
            case NEW, AUTHORIZING -> throw forbidden("have an authorization that is settled");
        };
    }

    /** Lets go of whatever is held or will be. Forbidden once the money is asked for: after that only a refund gives it back. */
    Decision voidAuthorization() {
        return switch (state.status()) {
            case NEW -> after(new PaymentChange.VoidedInAdvance(), Decider::voidStands);
            case AUTHORIZING -> state.voidRequested()
                    ? Decision.ask(GatewayCall.VOID)
                    : Decision.ask(GatewayCall.VOID, new PaymentChange.VoidRequested());
            case AUTHORIZED -> Decision.ask(GatewayCall.VOID, new PaymentChange.VoidRequested());
            case VOIDING -> Decision.ask(GatewayCall.VOID);
            case DECLINED, VOIDED, LAPSED -> Decision.answer(voidStands());
            case CAPTURING, RENEWING, CAPTURED, PARTIALLY_REFUNDED, REFUNDED -> throw forbidden("be voided");
        };
    }

    Decision voidAnswered(GatewayAnswer.ToVoid answer) {
        return switch (answer) {
            case GatewayAnswer.Voided() -> {
                require(PaymentStatus.VOIDING);
                yield after(new PaymentChange.Voided(), Decider::voidStands);
            }
            case GatewayAnswer.SettledBefore() -> Decision.answer(voidStands());
        };
    }

    private PaymentEvent voidStands() {
        return switch (state.status()) {
            case VOIDED -> new PaymentVoided(orderId, state.reference());
            case DECLINED, LAPSED -> new PaymentVoided(orderId, null);
            case NEW, AUTHORIZING, AUTHORIZED, VOIDING, CAPTURING, RENEWING, CAPTURED, PARTIALLY_REFUNDED, REFUNDED ->
                throw forbidden("have a void that is settled");
        };
    }

    /** Takes all that is held. */
    Decision capture() {
        return switch (state.status()) {
            case AUTHORIZED -> Decision.ask(GatewayCall.CAPTURE, new PaymentChange.CaptureRequested());
            case CAPTURING, RENEWING, CAPTURED, LAPSED, PARTIALLY_REFUNDED, REFUNDED -> captureStands();
            case NEW, AUTHORIZING, DECLINED, VOIDING, VOIDED ->
                Decision.answer(new CaptureRefused(orderId, CaptureRefusal.NOT_AUTHORIZED));
        };
    }

    Decision captureAnswered(GatewayAnswer.ToCapture answer) {
        return switch (answer) {
            case GatewayAnswer.Captured() -> {
                require(PaymentStatus.CAPTURING);
                yield after(new PaymentChange.Captured(state.toPay()), Decider::captureEnded);
            }
            case GatewayAnswer.CaptureNotPossible(CaptureRefusal reason) -> {
                require(PaymentStatus.CAPTURING);
                yield reason == CaptureRefusal.AUTHORIZATION_EXPIRED && state.expiredReference() == null
                        ? Decision.ask(
                                GatewayCall.RENEW,
                                new PaymentChange.RenewalRequested(requireNonNull(state.reference())))
                        : after(new PaymentChange.Lapsed(reason), Decider::captureEnded);
            }
            case GatewayAnswer.SettledBefore() -> captureStands();
        };
    }

    /** What has expired is held again, and then captured; or it is not, and that is what the capture comes to. */
    Decision renewalAnswered(GatewayAnswer.ToAuthorization answer) {
        return switch (answer) {
            case GatewayAnswer.Authorized(String reference) -> {
                require(PaymentStatus.RENEWING);
                yield Decision.ask(GatewayCall.CAPTURE, new PaymentChange.Renewed(reference));
            }
            case GatewayAnswer.Declined(DeclineReason reason) -> {
                require(PaymentStatus.RENEWING);
                yield after(
                        new PaymentChange.Lapsed(CaptureRefusal.AUTHORIZATION_EXPIRED),
                        Decider::captureEnded);
            }
            case GatewayAnswer.SettledBefore() -> captureStands();
        };
    }

    /** A second command while the first is under way asks too, behind it: by then it is known what became of it. */
    private Decision captureStands() {
        return switch (state.status()) {
            case CAPTURING, RENEWING -> Decision.ask(GatewayCall.CAPTURE);
            case CAPTURED, PARTIALLY_REFUNDED, REFUNDED, LAPSED -> Decision.answer(captureEnded());
            case NEW, AUTHORIZING, AUTHORIZED, DECLINED, VOIDING, VOIDED ->
                throw forbidden("have a capture that is settled");
        };
    }

    private PaymentEvent captureEnded() {
        return state.moneyTaken()
                ? new PaymentCaptured(orderId, state.captured(), requireNonNull(state.reference()))
                : new CaptureRefused(orderId, requireNonNull(state.captureRefusal()));
    }

    /** The gateway has been asked and has not answered. */
    Decision doubt() {
        return switch (state.status()) {
            case AUTHORIZING, VOIDING, CAPTURING, RENEWING -> state.inDoubt()
                    ? Decision.note()
                    : Decision.note(new PaymentChange.OutcomeInDoubt(null));
            case NEW, AUTHORIZED, DECLINED, VOIDED, CAPTURED, LAPSED, PARTIALLY_REFUNDED, REFUNDED -> Decision.note();
        };
    }

    private Decision after(PaymentChange change, Function<Decider, PaymentEvent> answer) {
        return Decision.answer(answer.apply(new Decider(orderId, state.evolve(change))), change);
    }

    private void require(PaymentStatus expected) {
        if (state.status() != expected) {
            throw forbidden("be answered what is asked while it is " + expected);
        }
    }

    private IllegalStateException forbidden(String what) {
        return new IllegalStateException(
                "The payment of order %s is %s and cannot %s".formatted(orderId, state.status(), what));
    }
}
