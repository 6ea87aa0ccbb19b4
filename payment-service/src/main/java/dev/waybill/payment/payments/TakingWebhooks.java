package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.RefundId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.outside.OutsideCall;
import dev.waybill.messaging.outside.OutsideCalls;
import dev.waybill.payment.payments.GatewayWebhook.Effect;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;

/**
 * Takes what the gateway tells by itself. It is a fact, whenever and however often it comes: it is kept, and where it says how
 * the call has ended that the payment waits for, by the key that the call was made with, it is recorded as that call's answer, in
 * the same transaction. Nothing is asked for because of it. What was done without us contradicts what is known here, and is for a
 * person to look at; except that money was given back, which is recorded.
 */
@Component
class TakingWebhooks {

    private static final Logger log = LoggerFactory.getLogger(TakingWebhooks.class);

    private final GatewayWebhooks webhooks;
    private final Payments payments;
    private final PaymentDesk desk;
    private final OutsideCalls gatewayCalls;
    private final AuthorizingPayment authorizing;
    private final RenewingAuthorization renewing;
    private final VoidingPayment voiding;
    private final CapturingPayment capturing;
    private final RefundingPayment refunding;
    private final MeterRegistry meters;

    TakingWebhooks(
            GatewayWebhooks webhooks, Payments payments, PaymentDesk desk, OutsideCalls gatewayCalls,
            AuthorizingPayment authorizing, RenewingAuthorization renewing, VoidingPayment voiding,
            CapturingPayment capturing, RefundingPayment refunding, MeterRegistry meters) {
        this.webhooks = webhooks;
        this.payments = payments;
        this.desk = desk;
        this.gatewayCalls = gatewayCalls;
        this.authorizing = authorizing;
        this.renewing = renewing;
        this.voiding = voiding;
        this.capturing = capturing;
        this.refunding = refunding;
        this.meters = meters;
    }

    /** @param body the webhook as it came */
    @Transactional
    void take(GatewayWebhook webhook, String body) {
        OrderId orderId = webhook.order().orElse(null);
        if (orderId != null) {
            desk.prefetch(List.of(orderId));
        }
        if (!webhooks.add(webhook, body)) {
            count("DUPLICATE");
            return;
        }
        Effect effect = effectOf(webhook, orderId);
        if (effect != Effect.KNOWN) {
            webhooks.cameTo(webhook, effect);
        }
        if (effect == Effect.CONTRADICTS) {
            log.warn("The gateway tells of {} {} for order {}, which does not go together with what is known here",
                    webhook.what(), webhook.reference(), orderId);
        }
        count(effect.name());
    }

    private Effect effectOf(GatewayWebhook webhook, @Nullable OrderId orderId) {
        if (webhook.what() == GatewayWebhook.Kind.UNKNOWN || webhook.reference() == null) {
            return Effect.NOT_UNDERSTOOD;
        }
        Payment payment = orderId == null ? null : payments.find(orderId).orElse(null);
        if (payment == null || payment.state().total() == null) {
            return Effect.UNKNOWN_PAYMENT;
        }
        return switch (webhook.what()) {
            case AUTHORIZE -> authorized(payment, webhook, webhook.reference());
            case CAPTURE -> captured(payment, webhook, webhook.reference());
            case VOID -> voided(payment, webhook, webhook.reference());
            case REFUND -> refunded(payment, webhook, webhook.reference());
            case UNKNOWN -> Effect.NOT_UNDERSTOOD;
        };
    }

    private Effect authorized(Payment payment, GatewayWebhook webhook, String reference) {
        PaymentState state = payment.state();
        if (reference.equals(state.reference()) || reference.equals(state.expiredReference())) {
            return Effect.KNOWN;
        }
        if (!state.toPay().equals(webhook.amount())) {
            return Effect.CONTRADICTS;
        }
        var held = new GatewayAnswer.Authorized(reference);
        return switch (state.status()) {
            case AUTHORIZING -> settled(authorizing, payment, webhook, held);
            case RENEWING -> settled(renewing, payment, webhook, held);
            case NEW, AUTHORIZED, DECLINED, VOIDING, VOIDED, CAPTURING, CAPTURED, LAPSED, PARTIALLY_REFUNDED,
                    REFUNDED ->
                Effect.CONTRADICTS;
        };
    }

    private Effect captured(Payment payment, GatewayWebhook webhook, String reference) {
        PaymentState state = payment.state();
        if (!reference.equals(state.reference()) || !state.toPay().equals(webhook.amount())) {
            return Effect.CONTRADICTS;
        }
        if (state.status() == PaymentStatus.CAPTURING) {
            return settled(capturing, payment, webhook, new GatewayAnswer.Captured());
        }
        return state.moneyTaken() ? Effect.KNOWN : Effect.CONTRADICTS;
    }

    private Effect voided(Payment payment, GatewayWebhook webhook, String reference) {
        PaymentState state = payment.state();
        if (reference.equals(state.expiredReference())) {
            return Effect.KNOWN;
        }
        if (!reference.equals(state.reference())) {
            return Effect.CONTRADICTS;
        }
        return switch (state.status()) {
            case VOIDING -> settled(voiding, payment, webhook, new GatewayAnswer.Voided());
            case VOIDED, LAPSED -> Effect.KNOWN;
            case NEW, AUTHORIZING, AUTHORIZED, DECLINED, CAPTURING, RENEWING, CAPTURED, PARTIALLY_REFUNDED, REFUNDED ->
                Effect.CONTRADICTS;
        };
    }

    /** Ours, and known or waited for, or else somebody else's. */
    private Effect refunded(Payment payment, GatewayWebhook webhook, String reference) {
        Money amount = webhook.amount();
        if (amount == null) {
            return Effect.NOT_UNDERSTOOD;
        }
        if (isKnown(payment, webhook.key())) {
            return Effect.KNOWN;
        }
        if (!reference.equals(payment.state().reference()) || !payment.refunds().isPossible(amount)) {
            return Effect.CONTRADICTS;
        }
        if (settles(refunding, payment, webhook, new GatewayAnswer.Refunded(amount, webhook.key()))) {
            return Effect.SETTLED;
        }
        desk.decide(payment.orderId(),
                known -> known.refunds().madeElsewhere(new RefundId(Ids.next()), amount, webhook.key()));
        return Effect.MADE_ELSEWHERE;
    }

    /** By its key, which a refund keeps once it is done. */
    private static boolean isKnown(Payment payment, String key) {
        return payment.state().refunds().stream()
                .anyMatch(refund -> refund.status() == Refund.Status.DONE && key.equals(refund.key()));
    }

    /**
     * What somebody else has done is not the answer to our call, though it may be just what we have asked for: the gateway has
     * that answer for us.
     */
    private <R> Effect settled(OutsideCall<R> call, Payment payment, GatewayWebhook webhook, R outcome) {
        return settles(call, payment, webhook, outcome) ? Effect.SETTLED : Effect.CONTRADICTS;
    }

    private <R> boolean settles(OutsideCall<R> call, Payment payment, GatewayWebhook webhook, R outcome) {
        return webhook.ourKey().map(key -> gatewayCalls.settle(call, payment.orderId(), key, outcome)).orElse(false);
    }

    private void count(String effect) {
        meters.counter("gateway.webhooks", "effect", effect).increment();
    }
}
