package dev.waybill.shipping.shipments;

/** Where a parcel is that has left, in the order of its way. */
enum ParcelStatus {
    HANDED_OVER, IN_TRANSIT, DELIVERED
}
