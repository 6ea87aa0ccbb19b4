package dev.waybill.shipping.shipments;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.events.ShippingEvent;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.outside.OutsideCalls;
import dev.waybill.shipping.shipments.ParcelScans.Scan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The one shape of everything that happens to a shipment, in one transaction: load it, let it decide, and either say the
 * answer or note down what the carrier is to be asked.
 */
@Component
class ShippingDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ShippingDesk.class);

    private final Shipments shipments;
    private final Outbox outbox;
    private final OutsideCalls carrierCalls;
    private final Clock clock;
    private final Counter leftAllTheSame;

    ShippingDesk(Shipments shipments, Outbox outbox, OutsideCalls carrierCalls, Clock clock, MeterRegistry metrics) {
        this.shipments = shipments;
        this.outbox = outbox;
        this.carrierCalls = carrierCalls;
        this.clock = clock;
        this.leftAllTheSame = Counter.builder("shipments_left_all_the_same")
                .description("Parcels that were scanned though the carrier had refused or cancelled them")
                .register(metrics);
    }

    @Transactional
    void book(BookShipment command) {
        decide(command.orderId(), (shipment, now) -> shipment.book(command, now));
    }

    @Transactional
    void dispatch(DispatchShipment command) {
        decide(command.orderId(), Shipment::dispatch);
    }

    @Transactional
    void cancel(CancelShipment command) {
        decide(command.orderId(), Shipment::cancel);
    }

    @Transactional
    void decide(OrderId orderId, BiFunction<Shipment, Instant, Decision> decision) {
        Optional<Shipment> known = shipments.find(orderId);
        Shipment shipment = known.orElseGet(() -> new Shipment(orderId));
        noticing(shipment, () -> {
            switch (decision.apply(shipment, clock.instant())) {
                case Decision.Answer(var event) -> followScans(shipment, outbox.append(shipment, event));
                case Decision.Ask(var call) -> carrierCalls.request(call.kind(), orderId);
            }
        });
        if (known.isEmpty()) {
            // After its decision: what is added first is inserted as it was, and updated right after.
            shipments.add(shipment);
        }
    }

    /** A driver has scanned the parcel. What that leads to is said at once where it can be, else with a later answer. */
    @Transactional
    void scanned(OrderId orderId, Scan scan) {
        shipments.lock(List.of(orderId));
        Shipment shipment = read(orderId);
        noticing(shipment, () -> {
            shipment.scanned(scan).forEach(event -> outbox.append(shipment, event));
        });
    }

    /** What scans lead to now that this has been said: it follows from that, and is itself no saga's answer. */
    private void followScans(Shipment shipment, MessageId said) {
        List<ShippingEvent> news = shipment.followScans();
        Runnable tell = () -> news.forEach(event -> outbox.append(shipment, event));
        MessageContext.current()
                .map(cause -> new MessageContext(said, cause.id(), null, cause.correlationId(), cause.logicalTime(),
                        cause.traceparent(), cause.orderNumber(), null))
                .ifPresentOrElse(context -> context.run(tell), tell);
    }

    private void noticing(Shipment shipment, Runnable change) {
        boolean before = shipment.hasLeftAllTheSame();
        change.run();
        if (!before && shipment.hasLeftAllTheSame()) {
            LOG.warn("The parcel of order {} was scanned, though its shipment is {}", shipment.orderId(),
                    shipment.status());
            leftAllTheSame.increment();
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
