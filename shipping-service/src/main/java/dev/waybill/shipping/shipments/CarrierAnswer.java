package dev.waybill.shipping.shipments;

import dev.waybill.events.ShippingEvent.ShipmentRefusal;

/** What is learned from the carrier, always something definite. */
sealed interface CarrierAnswer {

    /** To {@link CarrierCall#BOOK}. */
    sealed interface ToBooking extends CarrierAnswer {}

    /** To {@link CarrierCall#DISPATCH}. */
    sealed interface ToDispatch extends CarrierAnswer {}

    /** To {@link CarrierCall#CANCEL}. */
    sealed interface ToCancellation extends CarrierAnswer {}

    /** There is a place for the parcel. */
    record Booked(String carrier, String trackingNumber) implements ToBooking {}

    /** There is none. */
    record Refused(ShipmentRefusal reason) implements ToBooking {}

    /** The label is printed. */
    record Dispatched(String labelUrl) implements ToDispatch {}

    /** The parcel is forgotten. */
    record Cancelled() implements ToCancellation {}

    /** Too late: the carrier has the parcel. */
    record AlreadyHandedOver() implements ToCancellation {}

    /** The carrier was not asked: an earlier call for this order has settled it. */
    record SettledBefore() implements ToBooking, ToDispatch, ToCancellation {}
}
