package dev.waybill.shipping.shipments;

import dev.waybill.events.ShippingCommand.BookShipment;

import java.util.UUID;

/**
 * The carrier. Every call carries an idempotency key, so that making it again has no second effect and gets the first
 * answer. What is not a definite answer is an exception.
 */
interface Carrier {

    /** Takes a place for the parcel. */
    CarrierAnswer.ToBooking book(UUID key, BookShipment booking);

    /** Prints the label; from then on the parcel is fetched. */
    CarrierAnswer.ToDispatch dispatch(UUID key, String trackingNumber);

    /** Gives up the place. */
    CarrierAnswer.ToCancellation cancel(UUID key, String trackingNumber);
}
