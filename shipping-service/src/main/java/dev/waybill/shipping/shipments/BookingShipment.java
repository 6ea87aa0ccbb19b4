package dev.waybill.shipping.shipments;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.UUID;

/** Takes a place for the parcel with the carrier. */
@Component
class BookingShipment extends AskingCarrier<CarrierAnswer.ToBooking> {

    private final Carrier carrier;

    BookingShipment(ShippingDesk desk, Carrier carrier) {
        super(CarrierCall.BOOK, desk);
        this.carrier = carrier;
    }

    @Override
    CarrierAnswer.ToBooking ask(Shipment shipment, UUID key) {
        return shipment.status() == ShipmentStatus.BOOKING
                ? carrier.book(key, shipment.booking())
                : new CarrierAnswer.SettledBefore();
    }

    @Override
    Decision answered(Shipment shipment, CarrierAnswer.ToBooking answer, Instant now) {
        return shipment.bookingAnswered(answer, now);
    }
}
