package dev.waybill.payment.payments;

import org.springframework.stereotype.Component;

import java.util.UUID;

import static java.util.Objects.requireNonNull;

/** Takes the money that the gateway holds. */
@Component
class CapturingPayment extends AskingGateway<GatewayAnswer.ToCapture> {

    private final Gateway gateway;

    CapturingPayment(PaymentDesk desk, Gateway gateway) {
        super(GatewayCall.CAPTURE, desk);
        this.gateway = gateway;
    }

    @Override
    GatewayAnswer.ToCapture ask(Payment payment, UUID key) {
        PaymentState state = payment.state();
        return state.status() == PaymentStatus.CAPTURING
                ? gateway.capture(key, requireNonNull(state.reference()), state.authorized())
                : new GatewayAnswer.SettledBefore();
    }

    @Override
    Decision answered(Payment payment, GatewayAnswer.ToCapture answer) {
        return payment.decider().captureAnswered(answer);
    }
}
