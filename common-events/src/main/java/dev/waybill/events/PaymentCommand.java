package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.events.PaymentEvent.AuthorizationAnswer;
import dev.waybill.events.PaymentEvent.CaptureAnswer;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentEvent.RefundAnswer;
import org.jspecify.annotations.Nullable;

/** What the payment service is asked to do. */
public sealed interface PaymentCommand<A extends PaymentEvent> extends Command<A> {

    /** Have the gateway hold the amount. */
    @MessageType("dev.waybill.payment.authorize.v1")
    record AuthorizePayment(OrderId orderId, Money amount, PaymentMethod paymentMethod)
            implements
                PaymentCommand<AuthorizationAnswer> {
        public AuthorizePayment {
            Present.field("orderId", orderId);
            Present.field("amount", amount);
            Present.field("paymentMethod", paymentMethod);
        }

        @Override
        public Class<AuthorizationAnswer> answeredBy() {
            return AuthorizationAnswer.class;
        }
    }

    /** Undoes {@link AuthorizePayment}, whether it has happened, has not, is in doubt, or comes later. */
    @MessageType("dev.waybill.payment.void.v1")
    record VoidPayment(OrderId orderId) implements PaymentCommand<PaymentVoided> {
        public VoidPayment {
            Present.field("orderId", orderId);
        }

        @Override
        public Class<PaymentVoided> answeredBy() {
            return PaymentVoided.class;
        }
    }

    /** Take the whole amount that is held. */
    @MessageType("dev.waybill.payment.capture.v1")
    record CapturePayment(OrderId orderId) implements PaymentCommand<CaptureAnswer> {
        public CapturePayment {
            Present.field("orderId", orderId);
        }

        @Override
        public Class<CaptureAnswer> answeredBy() {
            return CaptureAnswer.class;
        }
    }

    /**
     * Give back what was captured, or a part of it.
     *
     * @param amount none stands for all that was captured and is not given back yet
     */
    @MessageType("dev.waybill.payment.refund.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RefundPayment(OrderId orderId, RefundId refundId, @Nullable Money amount)
            implements
                PaymentCommand<RefundAnswer> {
        public RefundPayment {
            Present.field("orderId", orderId);
            Present.field("refundId", refundId);
        }

        @Override
        public Class<RefundAnswer> answeredBy() {
            return RefundAnswer.class;
        }
    }
}
