package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.messaging.outside.OutsideCall;
import org.springframework.stereotype.Component;

import java.util.Collection;
import java.util.UUID;

/** Takes the money that the gateway holds. */
@Component
class CapturingPayment implements OutsideCall<GatewayAnswer.ToCapture> {

    private final PaymentDesk desk;
    private final Gateway gateway;

    CapturingPayment(PaymentDesk desk, Gateway gateway) {
        this.desk = desk;
        this.gateway = gateway;
    }

    void capture(CapturePayment command) {
        desk.decide(command.orderId(), Payment::capture);
    }

    @Override
    public String kind() {
        return GatewayCall.CAPTURE.kind();
    }

    @Override
    public GatewayAnswer.ToCapture call(OrderId orderId, UUID idempotencyKey) {
        Payment payment = desk.read(orderId);
        return payment.status() == PaymentStatus.CAPTURING
                ? gateway.capture(idempotencyKey, payment.gatewayReference(), payment.authorized())
                : new GatewayAnswer.SettledBefore();
    }

    @Override
    public void record(OrderId orderId, GatewayAnswer.ToCapture answer) {
        desk.decide(orderId, payment -> payment.captureAnswered(answer));
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
