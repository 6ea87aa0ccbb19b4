package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.PaymentMethod;
import dev.waybill.messaging.outside.OutsideHttp;
import dev.waybill.messaging.outside.OutsideHttp.Answer;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

import java.util.Map;
import java.util.UUID;

/**
 * The gateway over HTTP. Only what its interface defines counts as an answer. Above all a "not found" does not: it does not
 * say that nothing has happened, or will.
 */
@Component
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayClient implements Gateway {

    private final OutsideHttp http;

    GatewayClient(GatewaySettings settings, RestClient.Builder builder, CircuitBreakerRegistry breakers) {
        this.http = new OutsideHttp("gateway", settings.url(), settings.limits(), builder, breakers);
    }

    private record AuthorizationRequest(OrderId orderId, Money amount, PaymentMethod paymentMethod) {}

    private record PartRequest(Money amount) {}

    @Override
    public GatewayAnswer.ToAuthorization authorize(
            UUID key, OrderId orderId, Money amount, PaymentMethod paymentMethod) {
        Answer answer = http
                .post(key, new AuthorizationRequest(orderId, amount, paymentMethod), "/gateway/authorizations");
        if (answer.done()) {
            return new GatewayAnswer.Authorized(answer.text("reference"));
        }
        if (answer.status() != 402) {
            throw answer.notUnderstood();
        }
        return new GatewayAnswer.Declined(switch (answer.code()) {
            case "CARD_DECLINED" -> DeclineReason.CARD_DECLINED;
            case "INSUFFICIENT_FUNDS" -> DeclineReason.INSUFFICIENT_FUNDS;
            default -> throw answer.notUnderstood();
        });
    }

    @Override
    public GatewayAnswer.ToVoid voidAuthorization(UUID key, String reference) {
        Answer answer = http.post(key, Map.of(), "/gateway/authorizations/{reference}/voids", reference);
        if (answer.done()) {
            return new GatewayAnswer.Voided();
        }
        // ALREADY_CAPTURED contradicts our own books: nothing is recorded on such ground, the call stays open and is seen.
        throw answer.notUnderstood();
    }

    @Override
    public GatewayAnswer.ToCapture capture(UUID key, String reference, Money amount) {
        Answer answer = http
                .post(key, new PartRequest(amount), "/gateway/authorizations/{reference}/captures", reference);
        if (answer.done()) {
            return new GatewayAnswer.Captured();
        }
        if (answer.status() != 409) {
            throw answer.notUnderstood();
        }
        return switch (answer.code()) {
            case "NOT_AUTHORIZED" -> new GatewayAnswer.CaptureNotPossible(CaptureRefusal.NOT_AUTHORIZED);
            case "AUTHORIZATION_EXPIRED" -> new GatewayAnswer.CaptureNotPossible(CaptureRefusal.AUTHORIZATION_EXPIRED);
            case "VOIDED" -> new GatewayAnswer.CaptureNotPossible(CaptureRefusal.REFUSED_BY_GATEWAY);
            // Under whichever key: it is captured once, and for this amount, so the money is ours. Captured for another amount,
            // by somebody else, is nothing that can be recorded here: the call stays open and is seen.
            case "ALREADY_CAPTURED" -> new GatewayAnswer.Captured();
            default -> throw answer.notUnderstood();
        };
    }

    @Override
    public GatewayAnswer.ToRefund refund(UUID key, String reference, Money amount) {
        Answer answer = http
                .post(key, new PartRequest(amount), "/gateway/authorizations/{reference}/refunds", reference);
        if (answer.done()) {
            return new GatewayAnswer.Refunded(amount, key.toString());
        }
        if (answer.status() == 402) {
            return new GatewayAnswer.RefundNotPossible(RefundRefusal.REFUSED_BY_GATEWAY);
        }
        if (answer.status() == 409 && answer.code().equals("REFUND_EXCEEDS_CAPTURE")) {
            return new GatewayAnswer.RefundNotPossible(RefundRefusal.EXCEEDS_CAPTURED);
        }
        throw answer.notUnderstood();
    }
}
