package dev.waybill.payment.payments;

import dev.waybill.events.Money;
import dev.waybill.events.OrderId;
import dev.waybill.events.RefundId;
import dev.waybill.messaging.outside.OutsideCallAbout;
import org.springframework.stereotype.Component;

import java.util.Collection;
import java.util.UUID;

import static java.util.Objects.requireNonNull;

/**
 * Has the gateway give money back. An order's refunds are made one after another: so it is known, when one is made, what those
 * before it have left.
 */
@Component
class RefundingPayment implements OutsideCallAbout<GatewayAnswer.ToRefund> {

    private final PaymentDesk desk;
    private final Gateway gateway;

    RefundingPayment(PaymentDesk desk, Gateway gateway) {
        this.desk = desk;
        this.gateway = gateway;
    }

    @Override
    public String kind() {
        return GatewayCall.REFUND.kind();
    }

    @Override
    public GatewayAnswer.ToRefund callAbout(OrderId orderId, UUID about, UUID idempotencyKey) {
        PaymentState state = desk.read(orderId).state();
        Refund refund = state.refund(new RefundId(about)).orElseThrow();
        if (!refund.underWay()) {
            return new GatewayAnswer.SettledBefore();
        }
        Money amount = state.amountOf(refund);
        return amount.amountMinor() == 0
                ? new GatewayAnswer.Refunded(amount, idempotencyKey.toString())
                : gateway.refund(idempotencyKey, requireNonNull(state.reference()), amount);
    }

    @Override
    public void recordAbout(OrderId orderId, UUID about, GatewayAnswer.ToRefund answer) {
        desk.decide(orderId, payment -> payment.refunds().answered(new RefundId(about), answer));
    }

    @Override
    public void inDoubtAbout(OrderId orderId, UUID about) {
        desk.decide(orderId, payment -> payment.refunds().doubt(new RefundId(about)));
    }

    @Override
    public void prefetch(Collection<OrderId> orderIds) {
        desk.prefetch(orderIds);
    }
}
