package dev.waybill.payment.payments;

import dev.waybill.events.PaymentEvent;

/** What a payment has decided to do about a command or about the gateway's answer. */
sealed interface Decision {

    /** Say this. */
    record Answer(PaymentEvent event) implements Decision {}

    /** Only the gateway knows: ask it, its answer will be ours. */
    record Ask(GatewayCall call) implements Decision {}
}
