package dev.waybill.payment.payments;

import org.springframework.stereotype.Component;

import java.util.UUID;

import static java.util.Objects.requireNonNull;

/**
 * Has the gateway let go of the amount. The call queues up behind the order's authorization, so by the time it is made it is
 * known whether there is anything to let go of.
 */
@Component
class VoidingPayment extends AskingGateway<GatewayAnswer.ToVoid> {

    private final Gateway gateway;

    VoidingPayment(PaymentDesk desk, Gateway gateway) {
        super(GatewayCall.VOID, desk);
        this.gateway = gateway;
    }

    @Override
    GatewayAnswer.ToVoid ask(Payment payment, UUID key) {
        return payment.state().status() == PaymentStatus.VOIDING
                ? gateway.voidAuthorization(key, requireNonNull(payment.state().reference()))
                : new GatewayAnswer.SettledBefore();
    }

    @Override
    Decision answered(Payment payment, GatewayAnswer.ToVoid answer) {
        return payment.decider().voidAnswered(answer);
    }
}
