package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.outside.OutsideCall;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/**
 * What asking the carrier is like, whatever it is asked: the shipment says what to ask for, or that it is settled by now, and
 * decides about the answer.
 */
abstract class AskingCarrier<A extends CarrierAnswer> implements OutsideCall<A> {

    private final CarrierCall call;
    private final ShippingDesk desk;

    AskingCarrier(CarrierCall call, ShippingDesk desk) {
        this.call = call;
        this.desk = desk;
    }

    /** Asks, unless an earlier call has settled it. */
    abstract A ask(Shipment shipment, UUID key);

    abstract Decision answered(Shipment shipment, A answer, Instant now);

    @Override
    public final String kind() {
        return call.kind();
    }

    @Override
    public final A call(OrderId orderId, UUID idempotencyKey) {
        return ask(desk.read(orderId), idempotencyKey);
    }

    @Override
    public final void record(OrderId orderId, A answer) {
        desk.decide(orderId, (shipment, now) -> answered(shipment, answer, now));
    }

    @Override
    public final void inDoubt(OrderId orderId) {
        desk.doubt(orderId);
    }

    @Override
    public final void prefetch(Collection<OrderId> orderIds) {
        desk.prefetch(orderIds);
    }
}
