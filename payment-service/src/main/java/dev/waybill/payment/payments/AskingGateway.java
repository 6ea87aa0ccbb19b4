package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.outside.OutsideCall;

import java.util.Collection;
import java.util.UUID;

/**
 * What asking the gateway is like, whatever it is asked: the payment says what to ask for, or that it is settled by now, and
 * decides about the answer.
 */
abstract class AskingGateway<A extends GatewayAnswer> implements OutsideCall<A> {

    private final GatewayCall call;
    private final PaymentDesk desk;

    AskingGateway(GatewayCall call, PaymentDesk desk) {
        this.call = call;
        this.desk = desk;
    }

    /** Asks, unless an earlier call has settled it. */
    abstract A ask(Payment payment, UUID key);

    abstract Decision answered(Payment payment, A answer);

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
        desk.decide(orderId, payment -> answered(payment, answer));
    }

    @Override
    public final void inDoubt(OrderId orderId) {
        desk.decide(orderId, payment -> payment.decider().doubt());
    }

    @Override
    public final void prefetch(Collection<OrderId> orderIds) {
        desk.prefetch(orderIds);
    }
}
