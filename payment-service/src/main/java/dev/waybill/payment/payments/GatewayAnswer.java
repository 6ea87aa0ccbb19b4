package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.RefundRefusal;

/** What is learned from the gateway, always something definite. */
sealed interface GatewayAnswer {

    /** To {@link GatewayCall#AUTHORIZE} and {@link GatewayCall#RENEW}. */
    sealed interface ToAuthorization extends GatewayAnswer {}

    /** To {@link GatewayCall#VOID}. */
    sealed interface ToVoid extends GatewayAnswer {}

    /** To {@link GatewayCall#CAPTURE}. */
    sealed interface ToCapture extends GatewayAnswer {}

    /** To {@link GatewayCall#REFUND}. */
    sealed interface ToRefund extends GatewayAnswer {}

    /** The amount is held. */
    record Authorized(String reference) implements ToAuthorization {}

    /** The amount is not held. */
    record Declined(DeclineReason reason) implements ToAuthorization {}

    /** The amount is not held any more. */
    record Voided() implements ToVoid {}

    /** The money has moved. */
    record Captured() implements ToCapture {}

    /** The money has not moved, and nothing is held. */
    record CaptureNotPossible(CaptureRefusal reason) implements ToCapture {}

    /**
     * The money has moved back, or there was none to move.
     *
     * @param key under which the gateway has done it
     */
    record Refunded(Money amount, String key) implements ToRefund {}

    /** No money has moved back. */
    record RefundNotPossible(RefundRefusal reason) implements ToRefund {}

    /** The gateway was not asked: an earlier call for this order has settled it. */
    record SettledBefore() implements ToAuthorization, ToVoid, ToCapture, ToRefund {}
}
