package dev.waybill.payment.payments;

import org.springframework.stereotype.Component;

import java.util.UUID;

import static java.util.Objects.requireNonNull;

/** Has the gateway hold the amount. */
@Component
class AuthorizingPayment extends AskingGateway<GatewayAnswer.ToAuthorization> {

    private final Gateway gateway;

    AuthorizingPayment(PaymentDesk desk, Gateway gateway) {
        super(GatewayCall.AUTHORIZE, desk);
        this.gateway = gateway;
    }

    @Override
    GatewayAnswer.ToAuthorization ask(Payment payment, UUID key) {
        PaymentState state = payment.state();
        return state.status() == PaymentStatus.AUTHORIZING
                ? gateway.authorize(key, payment.orderId(), state.toPay(), requireNonNull(state.paymentMethod()))
                : new GatewayAnswer.SettledBefore();
    }

    @Override
    Decision answered(Payment payment, GatewayAnswer.ToAuthorization answer) {
        return payment.decider().authorizationAnswered(answer);
    }
}
