package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.outside.OutsideCalls;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one shape of everything that happens to a payment, in one transaction: load it, let it decide, and either say the
 * answer or note down what the gateway is to be asked.
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
    void decide(OrderId orderId, Function<Payment, Decision> decision) {
        Optional<Payment> known = payments.find(orderId);
        Payment payment = known.orElseGet(() -> new Payment(orderId));
        switch (decision.apply(payment)) {
            case Decision.Answer(var event) -> outbox.append(payment, event);
            case Decision.Ask(var call) -> gatewayCalls.request(call.kind(), orderId);
        }
        if (known.isEmpty()) {
            // After its decision: what is added first is inserted as it was, and updated right after.
            payments.add(payment);
        }
    }

    /** What the gateway is asked about: as committed, and not to be changed. */
    Payment read(OrderId orderId) {
        return payments.find(orderId)
                .orElseThrow(() -> new IllegalStateException("Order %s has no payment".formatted(orderId)));
    }

    @Transactional
    void doubt(OrderId orderId) {
        read(orderId).doubt();
    }

    /** Loads and locks what a transaction is about to touch. */
    @Transactional
    void prefetch(Collection<OrderId> orderIds) {
        payments.lock(orderIds);
    }
}
