package dev.waybill.shipping.shipments;

import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.UUID;

/** Has the label printed and lets the parcel leave. */
@Component
class DispatchingShipment extends AskingCarrier<CarrierAnswer.ToDispatch> {

    private final Carrier carrier;

    DispatchingShipment(ShippingDesk desk, Carrier carrier) {
        super(CarrierCall.DISPATCH, desk);
        this.carrier = carrier;
    }

    @Override
    CarrierAnswer.ToDispatch ask(Shipment shipment, UUID key) {
        return shipment.status() == ShipmentStatus.DISPATCHING
                ? carrier.dispatch(key, shipment.parcel().trackingNumber())
                : new CarrierAnswer.SettledBefore();
    }

    @Override
    Decision answered(Shipment shipment, CarrierAnswer.ToDispatch answer, Instant now) {
        return shipment.dispatchAnswered(answer, now);
    }
}
