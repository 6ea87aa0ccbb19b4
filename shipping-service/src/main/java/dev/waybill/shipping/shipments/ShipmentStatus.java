package dev.waybill.shipping.shipments;

/** Where a shipment is. */
enum ShipmentStatus {
    /** Nothing has been asked for that had an effect. */
    NEW,
    /** The carrier is asked for a place. */
    BOOKING,
    /** The carrier has a place. The parcel must not leave yet. */
    BOOKED,
    /** The carrier will not take the parcel. */
    REFUSED,
    /** The carrier is asked for the label. */
    DISPATCHING,
    /** The parcel has its label and may leave. */
    DISPATCHED,
    /** The carrier has the parcel; how far it is on its way its scans say. */
    HANDED_OVER,
    /** The carrier is asked to forget about the parcel. */
    CANCELLING,
    /** No parcel will leave: also where the cancellation came first. */
    CANCELLED
}
