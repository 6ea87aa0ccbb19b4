package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.messaging.outside.OutsideCall;
import org.springframework.stereotype.Component;

import java.util.Collection;
import java.util.UUID;

/** Takes a place for the parcel with the carrier. */
@Component
class BookingShipment implements OutsideCall<CarrierAnswer.ToBooking> {

    private final ShippingDesk desk;
    private final Carrier carrier;

    BookingShipment(ShippingDesk desk, Carrier carrier) {
        this.desk = desk;
        this.carrier = carrier;
    }

    void book(BookShipment command) {
        desk.decide(command.orderId(), (shipment, now) -> shipment.book(command, now));
    }

    @Override
    public String kind() {
        return CarrierCall.BOOK.kind();
    }

    @Override
    public CarrierAnswer.ToBooking call(OrderId orderId, UUID idempotencyKey) {
        Shipment shipment = desk.read(orderId);
        return shipment.status() == ShipmentStatus.BOOKING
                ? carrier.book(idempotencyKey, shipment.booking())
                : new CarrierAnswer.SettledBefore();
    }

    @Override
    public void record(OrderId orderId, CarrierAnswer.ToBooking answer) {
        desk.decide(orderId, (shipment, now) -> shipment.bookingAnswered(answer, now));
    }

    @Override
    public void inDoubt(OrderId orderId) {
        desk.doubt(orderId);
    }

    @Override
    public void prefetch(Collection<OrderId> orderIds) {
        desk.prefetch(orderIds);
    }
}
