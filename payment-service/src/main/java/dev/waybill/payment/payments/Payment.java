package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentMethod;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.payment.payments.Decision.Answer;
import dev.waybill.payment.payments.Decision.Ask;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static java.util.Objects.requireNonNull;

/**
 * The payment of one order. Money is held at most once, captured at most once and only while it is held, and never after a
 * void: a void that comes first stays, and declines the authorization that comes later. A void that comes while the
 * authorization is under way waits for its answer, since what may be held has to be known before it can be let go.
 *
 * <p>Every command gets one answer of its own. One whose effect is there already is answered again, without a second effect.
 */
@Entity
class Payment implements Aggregate {

    @Id
    private UUID orderId;

    @Version
    private @Nullable Long version;

    @Enumerated(EnumType.STRING)
    private PaymentStatus status = PaymentStatus.NEW;

    private boolean inDoubt;
    private boolean voidRequested;
    private @Nullable String paymentMethod;
    private @Nullable String currency;
    private long totalMinor;
    private long authorizedMinor;
    private long capturedMinor;
    private @Nullable String gatewayReference;

    @Enumerated(EnumType.STRING)
    private @Nullable DeclineReason declineReason;

    @Enumerated(EnumType.STRING)
    private @Nullable CaptureRefusal captureRefusal;

    @Embedded
    private EventCounter events = new EventCounter();

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected Payment() {}

    Payment(OrderId orderId) {
        this.orderId = orderId.value();
    }

    /** Has the amount held, unless a void came first. */
    Decision authorize(Money amount, PaymentMethod method) {
        if (status == PaymentStatus.NEW) {
            totalMinor = amount.amountMinor();
            currency = amount.currency().getCurrencyCode();
            paymentMethod = method.value();
            status = PaymentStatus.AUTHORIZING;
            return new Ask(GatewayCall.AUTHORIZE);
        }
        if (paymentMethod != null && !(total().equals(amount) && paymentMethod().equals(method))) {
            throw new IllegalStateException(
                    "Order %s is to be paid %s by %s, not %s by %s".formatted(orderId, total(), paymentMethod, amount,
                            method));
        }
        return status == PaymentStatus.AUTHORIZING ? new Ask(GatewayCall.AUTHORIZE) : authorizationStands();
    }

    Answer authorizationAnswered(GatewayAnswer.ToAuthorization answer) {
        return switch (answer) {
            case GatewayAnswer.Authorized(String reference) -> {
                leave(PaymentStatus.AUTHORIZING, voidRequested ? PaymentStatus.VOIDING : PaymentStatus.AUTHORIZED);
                authorizedMinor = totalMinor;
                gatewayReference = reference;
                yield new Answer(new PaymentAuthorized(orderId(), total(), reference));
            }
            case GatewayAnswer.Declined(DeclineReason reason) -> {
                leave(PaymentStatus.AUTHORIZING, PaymentStatus.DECLINED);
                declineReason = reason;
                yield new Answer(new PaymentDeclined(orderId(), reason));
            }
            case GatewayAnswer.SettledBefore() -> authorizationStands();
        };
    }

    private Answer authorizationStands() {
        return switch (status) {
            case AUTHORIZED, CAPTURING, CAPTURED ->
                new Answer(new PaymentAuthorized(orderId(), total(), gatewayReference()));
            case DECLINED -> new Answer(new PaymentDeclined(orderId(), requireNonNull(declineReason)));
            case VOIDING, VOIDED, LAPSED ->
                new Answer(new PaymentDeclined(orderId(), DeclineReason.ALREADY_VOIDED));
            case NEW, AUTHORIZING -> throw forbidden("have an authorization that is settled");
        };
    }

    /**
     * Lets go of whatever is held or will be.
     *
     * @throws IllegalStateException once the money is asked for: after that only a refund gives it back
     */
    Decision voidAuthorization() {
        return switch (status) {
            case NEW -> {
                status = PaymentStatus.VOIDED;
                yield voidStands();
            }
            case AUTHORIZING -> {
                voidRequested = true;
                yield new Ask(GatewayCall.VOID);
            }
            case AUTHORIZED -> {
                status = PaymentStatus.VOIDING;
                yield new Ask(GatewayCall.VOID);
            }
            case VOIDING -> new Ask(GatewayCall.VOID);
            case DECLINED, VOIDED, LAPSED -> voidStands();
            case CAPTURING, CAPTURED -> throw forbidden("be voided");
        };
    }

    Answer voidAnswered(GatewayAnswer.ToVoid answer) {
        return switch (answer) {
            case GatewayAnswer.Voided() -> {
                leave(PaymentStatus.VOIDING, PaymentStatus.VOIDED);
                authorizedMinor = 0;
                yield voidStands();
            }
            case GatewayAnswer.SettledBefore() -> voidStands();
        };
    }

    private Answer voidStands() {
        return switch (status) {
            case VOIDED -> new Answer(new PaymentVoided(orderId(), gatewayReference));
            case DECLINED, LAPSED -> new Answer(new PaymentVoided(orderId(), null));
            case NEW, AUTHORIZING, AUTHORIZED, VOIDING, CAPTURING, CAPTURED ->
                throw forbidden("have a void that is settled");
        };
    }

    /** Takes all that is held. */
    Decision capture() {
        return switch (status) {
            case AUTHORIZED -> {
                status = PaymentStatus.CAPTURING;
                yield new Ask(GatewayCall.CAPTURE);
            }
            case CAPTURING -> new Ask(GatewayCall.CAPTURE);
            case CAPTURED, LAPSED -> captureStands();
            case NEW, AUTHORIZING, DECLINED, VOIDING, VOIDED ->
                new Answer(new CaptureRefused(orderId(), CaptureRefusal.NOT_AUTHORIZED));
        };
    }

    Answer captureAnswered(GatewayAnswer.ToCapture answer) {
        return switch (answer) {
            case GatewayAnswer.Captured() -> {
                leave(PaymentStatus.CAPTURING, PaymentStatus.CAPTURED);
                capturedMinor = authorizedMinor;
                yield captureStands();
            }
            case GatewayAnswer.CaptureNotPossible(CaptureRefusal reason) -> {
                leave(PaymentStatus.CAPTURING, PaymentStatus.LAPSED);
                authorizedMinor = 0;
                captureRefusal = reason;
                yield captureStands();
            }
            case GatewayAnswer.SettledBefore() -> captureStands();
        };
    }

    private Answer captureStands() {
        return switch (status) {
            case CAPTURED -> new Answer(new PaymentCaptured(orderId(), captured(), gatewayReference()));
            case LAPSED -> new Answer(new CaptureRefused(orderId(), requireNonNull(captureRefusal)));
            case NEW, AUTHORIZING, AUTHORIZED, DECLINED, VOIDING, VOIDED, CAPTURING ->
                throw forbidden("have a capture that is settled");
        };
    }

    /** The gateway has been asked and has not answered. */
    void doubt() {
        inDoubt = switch (status) {
            case AUTHORIZING, VOIDING, CAPTURING -> true;
            case NEW, AUTHORIZED, DECLINED, VOIDED, CAPTURED, LAPSED -> false;
        };
    }

    private void leave(PaymentStatus from, PaymentStatus to) {
        if (status != from) {
            throw forbidden("go from %s to %s".formatted(from, to));
        }
        status = to;
        inDoubt = false;
    }

    private IllegalStateException forbidden(String what) {
        return new IllegalStateException(
                "The payment of order %s is %s and cannot %s".formatted(orderId, status, what));
    }

    OrderId orderId() {
        return new OrderId(orderId);
    }

    PaymentStatus status() {
        return status;
    }

    boolean inDoubt() {
        return inDoubt;
    }

    /** What is to be paid. */
    Money total() {
        return money(totalMinor);
    }

    /** What the gateway holds, or held until it was captured. */
    Money authorized() {
        return money(authorizedMinor);
    }

    Money captured() {
        return money(capturedMinor);
    }

    private Money money(long amountMinor) {
        return Money.of(amountMinor, requireNonNull(currency, "Nothing is to be paid yet"));
    }

    /** Whether it is known what is to be paid: not after a void that came first. */
    boolean hasTotal() {
        return currency != null;
    }

    PaymentMethod paymentMethod() {
        return new PaymentMethod(requireNonNull(paymentMethod));
    }

    /** The gateway's own name for what it holds. */
    String gatewayReference() {
        return requireNonNull(gatewayReference);
    }

    @Nullable String gatewayReferenceIfAny() {
        return gatewayReference;
    }

    @Nullable DeclineReason declineReason() {
        return declineReason;
    }

    @Override
    public String subject() {
        return "payment/" + orderId;
    }

    @Override
    public EventCounter events() {
        return events;
    }
}
