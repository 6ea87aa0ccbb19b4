package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What happens to an order's payment. */
public sealed interface PaymentEvent extends Event {

    /** Answers {@link PaymentCommand.AuthorizePayment}. */
    sealed interface AuthorizationAnswer extends PaymentEvent permits PaymentAuthorized, PaymentDeclined {}

    /**
     * The gateway holds the amount for us.
     *
     * @param gatewayReference the gateway's own name for it
     */
    @MessageType("dev.waybill.payment.authorized.v1")
    record PaymentAuthorized(OrderId orderId, Money amount, String gatewayReference) implements AuthorizationAnswer {
        public PaymentAuthorized {
            Present.field("orderId", orderId);
            Present.field("amount", amount);
            Text.required("A gateway reference", gatewayReference, 200);
        }
    }

    /** Nothing is held, and nothing will be. */
    @MessageType("dev.waybill.payment.declined.v1")
    record PaymentDeclined(OrderId orderId, DeclineReason reason) implements AuthorizationAnswer {
        public PaymentDeclined {
            Present.field("orderId", orderId);
            Present.field("reason", reason);
        }
    }

    /** Why a payment was declined. Open. */
    enum DeclineReason {
        CARD_DECLINED, INSUFFICIENT_FUNDS,
        /** The void came first: an authorization now would be used by nobody. */
        ALREADY_VOIDED, @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * Nothing is held for this order any more.
     *
     * @param gatewayReference of what was voided; none where nothing was
     */
    @MessageType("dev.waybill.payment.voided.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PaymentVoided(OrderId orderId, @Nullable String gatewayReference) implements PaymentEvent {
        public PaymentVoided {
            Present.field("orderId", orderId);
            if (gatewayReference != null) {
                Text.required("A gateway reference", gatewayReference, 200);
            }
        }
    }

    /** Answers {@link PaymentCommand.CapturePayment}. */
    sealed interface CaptureAnswer extends PaymentEvent permits PaymentCaptured, CaptureRefused {}

    /** The money is ours. */
    @MessageType("dev.waybill.payment.captured.v1")
    record PaymentCaptured(OrderId orderId, Money amount, String gatewayReference) implements CaptureAnswer {
        public PaymentCaptured {
            Present.field("orderId", orderId);
            Present.field("amount", amount);
            Text.required("A gateway reference", gatewayReference, 200);
        }
    }

    /** The gateway has said for certain that it will not capture; no money has moved. */
    @MessageType("dev.waybill.payment.capture-refused.v1")
    record CaptureRefused(OrderId orderId, CaptureRefusal reason) implements CaptureAnswer {
        public CaptureRefused {
            Present.field("orderId", orderId);
            Present.field("reason", reason);
        }
    }

    /** Why a capture was refused. Open. */
    enum CaptureRefusal {
        NOT_AUTHORIZED, AUTHORIZATION_EXPIRED, REFUSED_BY_GATEWAY, @JsonEnumDefaultValue
        UNKNOWN
    }

    /** Answers {@link PaymentCommand.RefundPayment}; a refund that an operator asked for is told by the same events. */
    sealed interface RefundAnswer extends PaymentEvent permits PaymentRefunded, RefundRefused {}

    /**
     * Money was given back.
     *
     * @param amount by this refund; zero where all that was left was to be given back, and nothing was
     * @param refunded by all refunds of this payment so far
     */
    @MessageType("dev.waybill.payment.refunded.v1")
    record PaymentRefunded(OrderId orderId, RefundId refundId, Money amount, Money refunded) implements RefundAnswer {
        public PaymentRefunded {
            Present.field("orderId", orderId);
            Present.field("refundId", refundId);
            Present.field("amount", amount);
            Present.field("refunded", refunded);
        }
    }

    /** By this refund no money was given back, and none will be. */
    @MessageType("dev.waybill.payment.refund-refused.v1")
    record RefundRefused(OrderId orderId, RefundId refundId, RefundRefusal reason) implements RefundAnswer {
        public RefundRefused {
            Present.field("orderId", orderId);
            Present.field("refundId", refundId);
            Present.field("reason", reason);
        }
    }

    /** Why a refund was refused. Open. */
    enum RefundRefusal {
        EXCEEDS_CAPTURED, NOT_CAPTURED, REFUSED_BY_GATEWAY, @JsonEnumDefaultValue
        UNKNOWN
    }
}
