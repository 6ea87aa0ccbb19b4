package dev.waybill.payment.payments;

/** Where a payment is. The names are stored. */
enum PaymentStatus {
    /** Nothing has been asked for that had an effect. */
    NEW,
    /** The gateway is asked to hold the amount. */
    AUTHORIZING,
    /** The gateway holds the amount. */
    AUTHORIZED,
    /** The gateway does not hold it, and will not. */
    DECLINED,
    /** The gateway is asked to let go of the amount. */
    VOIDING,
    /** Nothing is held, and nothing will be: also where the void came first. */
    VOIDED,
    /** The gateway is asked for the money. */
    CAPTURING,
    /** What was held had expired when it was to be captured; the gateway is asked to hold it once more. */
    RENEWING,
    /** The money is ours. */
    CAPTURED,
    /** The gateway did not capture, as it holds nothing any more. */
    LAPSED,
    /** Some of the money that was ours is given back. */
    PARTIALLY_REFUNDED,
    /** All of the money that was ours is given back. */
    REFUNDED
}
