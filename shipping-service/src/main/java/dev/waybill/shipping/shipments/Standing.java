package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.ShippingEvent.ShipmentRefusal;
import dev.waybill.events.ShippingEvent.ShipmentRefused;
import dev.waybill.shipping.shipments.Decision.Answer;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** How a shipment stands, and so what each command is answered: the same, however often it is given. */
record Standing(OrderId orderId, ShipmentStatus status, Parcel parcel, @Nullable ShipmentRefusal refusal) {

    Answer booking() {
        return switch (status) {
            case BOOKED, DISPATCHING, DISPATCHED, HANDED_OVER ->
                new Answer(new ShipmentBooked(orderId, parcel.carrier(), parcel.trackingNumber()));
            case REFUSED -> new Answer(new ShipmentRefused(orderId, requireNonNull(refusal)));
            case CANCELLING, CANCELLED -> new Answer(new ShipmentRefused(orderId, ShipmentRefusal.ALREADY_CANCELLED));
            case NEW, BOOKING -> throw notSettled("booking");
        };
    }

    Answer dispatch() {
        String label = parcel.labelUrl();
        if (label == null) {
            throw notSettled("dispatch");
        }
        return new Answer(new ShipmentDispatched(orderId, parcel.trackingNumber(), label));
    }

    Answer cancellation() {
        return switch (status) {
            case CANCELLED, REFUSED -> new Answer(new ShipmentCancelled(orderId));
            case BOOKED, DISPATCHING, DISPATCHED, HANDED_OVER ->
                new Answer(new CancellationRefused(orderId, parcel.trackingNumber()));
            case NEW, BOOKING, CANCELLING -> throw notSettled("cancellation");
        };
    }

    private IllegalStateException notSettled(String what) {
        return new IllegalStateException(
                "The shipment of %s is %s and cannot have a %s that is settled".formatted(orderId, status, what));
    }
}
