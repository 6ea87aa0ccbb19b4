package dev.waybill.payment.payments;

import dev.waybill.events.PaymentEvent;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What is decided about a command or about the gateway's answer.
 *
 * @param changes what happens to the payment by it; nothing where it is only said again, or asked again
 */
record Decision(List<PaymentChange> changes, Reaction reaction) {

    Decision {
        changes = List.copyOf(changes);
    }

    /** What follows. */
    sealed interface Reaction {}

    /** Say this. */
    record Answer(PaymentEvent event) implements Reaction {}

    /**
     * Only the gateway knows: ask it, its answer will be ours.
     *
     * @param about the refund; none for what a payment has one of
     */
    record Ask(GatewayCall call, @Nullable UUID about) implements Reaction {}

    /** It is noted, and nobody is told. */
    record Silence() implements Reaction {}

    static Decision answer(PaymentEvent event, PaymentChange... changes) {
        return new Decision(List.of(changes), new Answer(event));
    }

    static Decision ask(GatewayCall call, PaymentChange... changes) {
        return new Decision(List.of(changes), new Ask(call, null));
    }

    static Decision ask(GatewayCall call, UUID about, PaymentChange... changes) {
        return new Decision(List.of(changes), new Ask(call, about));
    }

    static Decision note(PaymentChange... changes) {
        return new Decision(List.of(changes), new Silence());
    }
}
