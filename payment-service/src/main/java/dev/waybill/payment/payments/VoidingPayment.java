package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.messaging.outside.OutsideCall;
import org.springframework.stereotype.Component;

import java.util.Collection;
import java.util.UUID;

/**
 * Has the gateway let go of the amount. The call queues up behind the order's authorization, so by the time it is made it is
 * known whether there is anything to let go of.
 */
@Component
class VoidingPayment implements OutsideCall<GatewayAnswer.ToVoid> {

    private final PaymentDesk desk;
    private final Gateway gateway;

    VoidingPayment(PaymentDesk desk, Gateway gateway) {
        this.desk = desk;
        this.gateway = gateway;
    }

    void voidAuthorization(VoidPayment command) {
        desk.decide(command.orderId(), Payment::voidAuthorization);
    }

    @Override
    public String kind() {
        return GatewayCall.VOID.kind();
    }

    @Override
    public GatewayAnswer.ToVoid call(OrderId orderId, UUID idempotencyKey) {
        Payment payment = desk.read(orderId);
        return payment.status() == PaymentStatus.VOIDING
                ? gateway.voidAuthorization(idempotencyKey, payment.gatewayReference())
                : new GatewayAnswer.SettledBefore();
    }

    @Override
    public void record(OrderId orderId, GatewayAnswer.ToVoid answer) {
        desk.decide(orderId, payment -> payment.voidAnswered(answer));
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
