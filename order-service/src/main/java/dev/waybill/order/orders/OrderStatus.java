package dev.waybill.order.orders;

/** How far an order is, in one word. It follows from what is known of the order; see {@link Order}. */
enum OrderStatus {
    /** Accepted; it is being fulfilled. */
    PENDING,
    /** Paid, taken from stock, on its way out. */
    CONFIRMED,
    /** The carrier has the parcel. */
    SHIPPED,
    /** The parcel has reached its address. */
    DELIVERED,
    /** It could not be fulfilled, and whatever had been done for it is undone. */
    REJECTED,
    /** Somebody wants it cancelled; whether it still can be is being found out. */
    CANCELLING,
    /** Nothing is kept for it, nothing of its price, and no parcel leaves. */
    CANCELLED;

    /** Where an order stands that has not ended. */
    static OrderStatus of(boolean cancelling, boolean confirmed, Parcel.Progress parcel) {
        if (cancelling) {
            return CANCELLING;
        }
        if (!confirmed) {
            return PENDING;
        }
        return switch (parcel) {
            case WITH_US -> CONFIRMED;
            case HANDED_OVER -> SHIPPED;
            case DELIVERED -> DELIVERED;
        };
    }
}
