package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.outside.OutsideCalls;
import dev.waybill.payment.payments.GatewayWebhook.Effect;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;
import java.util.Objects;

/**
 * Takes what the gateway tells by itself. It is a fact, whenever and however often it comes: it is kept, and where it says how
 * the call has ended that the payment waits for, it is recorded as that call's answer, in the same transaction. It never makes
 * happen what was not asked for.
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
            case AUTHORIZE -> authorized(payment, webhook.reference(), webhook.amount());
            case CAPTURE -> captured(payment, webhook.reference(), webhook.amount());
            case VOID -> voided(payment, webhook.reference());
            case REFUND -> refunded(payment, webhook.reference(), webhook.amount());
            case UNKNOWN -> Effect.NOT_UNDERSTOOD;
        };
    }

    private Effect authorized(Payment payment, String reference, @Nullable Money amount) {
        PaymentState state = payment.state();
        if (reference.equals(state.reference()) || reference.equals(state.expiredReference())) {
            return Effect.KNOWN;
        }
        if (!state.toPay().equals(amount)) {
            return Effect.CONTRADICTS;
        }
        var held = new GatewayAnswer.Authorized(reference);
        return switch (state.status()) {
            case AUTHORIZING -> effect(gatewayCalls.settle(authorizing, payment.orderId(), held));
            case RENEWING -> effect(gatewayCalls.settle(renewing, payment.orderId(), held));
            case NEW, AUTHORIZED, DECLINED, VOIDING, VOIDED, CAPTURING, CAPTURED, LAPSED, PARTIALLY_REFUNDED,
                    REFUNDED ->
                Effect.CONTRADICTS;
        };
    }

    private Effect captured(Payment payment, String reference, @Nullable Money amount) {
        PaymentState state = payment.state();
        if (!reference.equals(state.reference()) || !state.toPay().equals(amount)) {
            return Effect.CONTRADICTS;
        }
        if (state.status() == PaymentStatus.CAPTURING) {
            return effect(gatewayCalls.settle(capturing, payment.orderId(), new GatewayAnswer.Captured()));
        }
        return state.moneyTaken() ? Effect.KNOWN : Effect.CONTRADICTS;
    }

    private Effect voided(Payment payment, String reference) {
        PaymentState state = payment.state();
        if (reference.equals(state.expiredReference())) {
            return Effect.KNOWN;
        }
        if (!reference.equals(state.reference())) {
            return Effect.CONTRADICTS;
        }
        return switch (state.status()) {
            case VOIDING -> effect(gatewayCalls.settle(voiding, payment.orderId(), new GatewayAnswer.Voided()));
            case VOIDED, LAPSED -> Effect.KNOWN;
            case NEW, AUTHORIZING, AUTHORIZED, DECLINED, CAPTURING, RENEWING, CAPTURED, PARTIALLY_REFUNDED, REFUNDED ->
                Effect.CONTRADICTS;
        };
    }

    /**
     * It does not say which refund it is about. So it is counted: as long as no more of this amount were told of than are done,
     * it is about one of those; what is told of beyond that is the one that is under way.
     */
    private Effect refunded(Payment payment, String reference, @Nullable Money amount) {
        if (amount == null) {
            return Effect.NOT_UNDERSTOOD;
        }
        PaymentState state = payment.state();
        if (!reference.equals(state.reference())) {
            return Effect.CONTRADICTS;
        }
        long done = state.refunds().stream().filter(refund -> refund.status() == Refund.Status.DONE)
                .filter(refund -> Objects.equals(refund.amount(), amount)).count();
        if (webhooks.refundsOf(payment.orderId(), amount) <= done) {
            return Effect.KNOWN;
        }
        return state.refunds().stream().filter(Refund::underWay).findFirst()
                .filter(refund -> state.amountOf(refund).equals(amount))
                .map(refund -> effect(gatewayCalls.settle(refunding, payment.orderId(), refund.id().value(),
                        new GatewayAnswer.Refunded())))
                .orElse(Effect.CONTRADICTS);
    }

    private static Effect effect(boolean settled) {
        return settled ? Effect.SETTLED : Effect.CONTRADICTS;
    }

    private void count(String effect) {
        meters.counter("gateway.webhooks", "effect", effect).increment();
    }
}
