package dev.waybill.payment.payments;

import org.springframework.stereotype.Component;

import java.util.UUID;

import static java.util.Objects.requireNonNull;

/** Has the gateway hold the amount once more, as what it held has expired before it was captured. */
@Component
class RenewingAuthorization extends AskingGateway<GatewayAnswer.ToAuthorization> {

    private final Gateway gateway;

    RenewingAuthorization(PaymentDesk desk, Gateway gateway) {
        super(GatewayCall.RENEW, desk);
        this.gateway = gateway;
    }

    @Override
    GatewayAnswer.ToAuthorization ask(Payment payment, UUID key) {
        PaymentState state = payment.state();
        return state.status() == PaymentStatus.RENEWING
                ? gateway.authorize(key, payment.orderId(), state.toPay(), requireNonNull(state.paymentMethod()))
                : new GatewayAnswer.SettledBefore();
    }

    @Override
    Decision answered(Payment payment, GatewayAnswer.ToAuthorization answer) {
        return payment.decider().renewalAnswered(answer);
    }
}
