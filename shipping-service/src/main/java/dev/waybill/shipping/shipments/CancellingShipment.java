package dev.waybill.shipping.shipments;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.UUID;

/**
 * Has the carrier forget about the parcel. The call queues up behind the order's other calls, so by the time it is made it is
 * known whether there is anything to cancel.
 */
@Component
class CancellingShipment extends AskingCarrier<CarrierAnswer.ToCancellation> {

    private final Carrier carrier;

    CancellingShipment(ShippingDesk desk, Carrier carrier) {
        super(CarrierCall.CANCEL, desk);
        this.carrier = carrier;
    }

    @Override
    CarrierAnswer.ToCancellation ask(Shipment shipment, UUID key) {
        return shipment.status() == ShipmentStatus.CANCELLING
                ? carrier.cancel(key, shipment.parcel().trackingNumber())
                : new CarrierAnswer.SettledBefore();
    }

    @Override
    Decision answered(Shipment shipment, CarrierAnswer.ToCancellation answer, Instant now) {
        return shipment.cancellationAnswered(answer, now);
    }
}
