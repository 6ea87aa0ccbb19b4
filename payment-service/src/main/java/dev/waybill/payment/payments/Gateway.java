package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentMethod;

import java.util.UUID;

/**
 * The payment gateway. Every call carries an idempotency key, so that making it again has no second effect and gets the
 * first answer. What is not a definite answer is an exception.
 */
interface Gateway {

    /** Holds the amount. */
    GatewayAnswer.ToAuthorization authorize(UUID key, OrderId orderId, Money amount, PaymentMethod paymentMethod);

    /** Lets go of what is held. */
    GatewayAnswer.ToVoid voidAuthorization(UUID key, String reference);

    /** Takes what is held. */
    GatewayAnswer.ToCapture capture(UUID key, String reference, Money amount);

    /** Gives back some or all of what was taken. */
    GatewayAnswer.ToRefund refund(UUID key, String reference, Money amount);
}
