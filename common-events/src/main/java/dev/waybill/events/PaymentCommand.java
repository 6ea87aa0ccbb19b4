package dev.waybill.events;

import dev.waybill.events.PaymentEvent.AuthorizationAnswer;
import dev.waybill.events.PaymentEvent.CaptureAnswer;
import dev.waybill.events.PaymentEvent.PaymentVoided;

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
}
