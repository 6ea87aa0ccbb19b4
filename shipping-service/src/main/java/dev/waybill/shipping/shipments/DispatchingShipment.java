package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.messaging.outside.OutsideCall;
import org.springframework.stereotype.Component;

import java.util.Collection;
import java.util.UUID;

/** Has the label printed and lets the parcel leave. */
@Component
class DispatchingShipment implements OutsideCall<CarrierAnswer.ToDispatch> {

    private final ShippingDesk desk;
    private final Carrier carrier;

    DispatchingShipment(ShippingDesk desk, Carrier carrier) {
        this.desk = desk;
        this.carrier = carrier;
    }

    void dispatch(DispatchShipment command) {
        desk.decide(command.orderId(), Shipment::dispatch);
    }

    @Override
    public String kind() {
        return CarrierCall.DISPATCH.kind();
    }

    @Override
    public CarrierAnswer.ToDispatch call(OrderId orderId, UUID idempotencyKey) {
        Shipment shipment = desk.read(orderId);
        return shipment.status() == ShipmentStatus.DISPATCHING
                ? carrier.dispatch(idempotencyKey, shipment.parcel().trackingNumber())
                : new CarrierAnswer.SettledBefore();
    }

    @Override
    public void record(OrderId orderId, CarrierAnswer.ToDispatch answer) {
        desk.decide(orderId, (shipment, now) -> shipment.dispatchAnswered(answer, now));
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
