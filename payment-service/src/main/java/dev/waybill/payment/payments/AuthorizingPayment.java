package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.messaging.outside.OutsideCall;
import org.springframework.stereotype.Component;

import java.util.Collection;
import java.util.UUID;

/** Has the gateway hold the amount. */
@Component
class AuthorizingPayment implements OutsideCall<GatewayAnswer.ToAuthorization> {

    private final PaymentDesk desk;
    private final Gateway gateway;

    AuthorizingPayment(PaymentDesk desk, Gateway gateway) {
        this.desk = desk;
        this.gateway = gateway;
    }

    void authorize(AuthorizePayment command) {
        desk.decide(command.orderId(), payment -> payment.authorize(command.amount(), command.paymentMethod()));
    }

    @Override
    public String kind() {
        return GatewayCall.AUTHORIZE.kind();
    }

    @Override
    public GatewayAnswer.ToAuthorization call(OrderId orderId, UUID idempotencyKey) {
        Payment payment = desk.read(orderId);
        return payment.status() == PaymentStatus.AUTHORIZING
                ? gateway.authorize(idempotencyKey, orderId, payment.total(), payment.paymentMethod())
                : new GatewayAnswer.SettledBefore();
    }

    @Override
    public void record(OrderId orderId, GatewayAnswer.ToAuthorization answer) {
        desk.decide(orderId, payment -> payment.authorizationAnswered(answer));
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
