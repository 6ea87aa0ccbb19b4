package dev.waybill.payment.payments;

/** Where a payment is. */
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
    /** The money is ours. */
    CAPTURED,
    /** The gateway did not capture, as it holds nothing any more. */
    LAPSED
}
