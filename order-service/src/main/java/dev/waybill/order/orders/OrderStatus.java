package dev.waybill.order.orders;

/** How far an order is. */
enum OrderStatus {
    /** Accepted; it is being fulfilled. */
    PENDING,
    /** Paid, taken from stock, on its way out. */
    CONFIRMED,
    /** It could not be fulfilled, and whatever had been done for it is undone. */
    REJECTED
}
