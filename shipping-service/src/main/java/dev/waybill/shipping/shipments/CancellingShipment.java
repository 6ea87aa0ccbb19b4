package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.messaging.outside.OutsideCall;
import org.springframework.stereotype.Component;

import java.util.Collection;
import java.util.UUID;

/**
 * Has the carrier forget about the parcel. The call queues up behind the order's other calls, so by the time it is made it is
 * known whether there is anything to cancel.
 */
@Component
class CancellingShipment implements OutsideCall<CarrierAnswer.ToCancellation> {

    private final ShippingDesk desk;
    private final Carrier carrier;

    CancellingShipment(ShippingDesk desk, Carrier carrier) {
        this.desk = desk;
        this.carrier = carrier;
    }

    void cancel(CancelShipment command) {
        desk.decide(command.orderId(), Shipment::cancel);
    }

    @Override
    public String kind() {
        return CarrierCall.CANCEL.kind();
    }

    @Override
    public CarrierAnswer.ToCancellation call(OrderId orderId, UUID idempotencyKey) {
        Shipment shipment = desk.read(orderId);
        return shipment.status() == ShipmentStatus.CANCELLING
                ? carrier.cancel(idempotencyKey, shipment.parcel().trackingNumber())
                : new CarrierAnswer.SettledBefore();
    }

    @Override
    public void record(OrderId orderId, CarrierAnswer.ToCancellation answer) {
        desk.decide(orderId, (shipment, now) -> shipment.cancellationAnswered(answer, now));
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
