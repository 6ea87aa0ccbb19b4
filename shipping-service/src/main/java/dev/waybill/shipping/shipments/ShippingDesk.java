package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.outside.OutsideCalls;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The one shape of everything that happens to a shipment, in one transaction: load it, let it decide, and either say the
 * answer or note down what the carrier is to be asked.
 */
@Component
class ShippingDesk {

    private final Shipments shipments;
    private final Outbox outbox;
    private final OutsideCalls carrierCalls;
    private final Clock clock;

    ShippingDesk(Shipments shipments, Outbox outbox, OutsideCalls carrierCalls, Clock clock) {
        this.shipments = shipments;
        this.outbox = outbox;
        this.carrierCalls = carrierCalls;
        this.clock = clock;
    }

    @Transactional
    void decide(OrderId orderId, BiFunction<Shipment, Instant, Decision> decision) {
        Optional<Shipment> known = shipments.find(orderId);
        Shipment shipment = known.orElseGet(() -> new Shipment(orderId));
        switch (decision.apply(shipment, clock.instant())) {
            case Decision.Answer(var event) -> outbox.append(shipment, event);
            case Decision.Ask(var call) -> carrierCalls.request(call.kind(), orderId);
        }
        if (known.isEmpty()) {
            // After its decision: what is added first is inserted as it was, and updated right after.
            shipments.add(shipment);
        }
    }

    /** What the carrier is asked about: as committed, and not to be changed. */
    Shipment read(OrderId orderId) {
        return shipments.find(orderId)
                .orElseThrow(() -> new IllegalStateException("Order %s has no shipment".formatted(orderId)));
    }

    @Transactional
    void doubt(OrderId orderId) {
        read(orderId).doubt();
    }

    /** Loads and locks what a transaction is about to touch. */
    @Transactional
    void prefetch(Collection<OrderId> orderIds) {
        shipments.lock(orderIds);
    }
}
