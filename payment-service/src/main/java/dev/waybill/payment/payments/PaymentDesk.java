package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.outside.OutsideCalls;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.Collection;
import java.util.function.Function;

/**
 * The one shape of everything that happens to a payment, in one transaction: load it, decide, take over what has changed by it,
 * and either say the answer or note down what the gateway is to be asked.
 */
@Component
class PaymentDesk {

    private final Payments payments;
    private final Outbox outbox;
    private final OutsideCalls gatewayCalls;

    PaymentDesk(Payments payments, Outbox outbox, OutsideCalls gatewayCalls) {
        this.payments = payments;
        this.outbox = outbox;
        this.gatewayCalls = gatewayCalls;
    }

    @Transactional
    Payment decide(OrderId orderId, Function<Payment, Decision> decision) {
        Payment payment = payments.find(orderId).orElseGet(() -> new Payment(orderId));
        Decision decided = decision.apply(payment);
        payment.follow(decided);
        switch (decided.reaction()) {
            case Decision.Answer(var event) -> outbox.append(payment, event);
            case Decision.Ask(var call, var about) -> {
                if (about == null) {
                    gatewayCalls.request(call.kind(), orderId);
                } else {
                    gatewayCalls.request(call.kind(), orderId, about);
                }
            }
            case Decision.Silence() -> {
            }
        }
        payments.save(payment);
        return payment;
    }

    /** What the gateway is asked about: as committed. */
    Payment read(OrderId orderId) {
        return payments.find(orderId)
                .orElseThrow(() -> new IllegalStateException("Order %s has no payment".formatted(orderId)));
    }

    /** Loads and locks what a transaction is about to touch. */
    @Transactional
    void prefetch(Collection<OrderId> orderIds) {
        payments.lock(orderIds);
    }
}
