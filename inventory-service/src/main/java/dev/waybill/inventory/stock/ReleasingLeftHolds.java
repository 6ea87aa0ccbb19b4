package dev.waybill.inventory.stock;

import dev.waybill.events.InventoryEvent.StockReleased;
import dev.waybill.events.OrderId;
import dev.waybill.events.Sku;
import dev.waybill.inventory.stock.Reservation.Status;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Outbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets go of what is still held for an order that was rejected or cancelled, and sees to it that nothing will be held for it
 * later. As a rule there is nothing to do: an order ends after its stock was released, or has left. What is found all the
 * same is counted, and told as a fact of its own, since no saga has asked for it.
 */
@Service
class ReleasingLeftHolds {

    private static final Logger LOG = LoggerFactory.getLogger(ReleasingLeftHolds.class);

    private final Reservations reservations;
    private final StockItems stockItems;
    private final Outbox outbox;
    private final Clock clock;
    private final Counter found;

    ReleasingLeftHolds(
            Reservations reservations, StockItems stockItems, Outbox outbox, Clock clock, MeterRegistry metrics) {
        this.reservations = reservations;
        this.stockItems = stockItems;
        this.outbox = outbox;
        this.clock = clock;
        this.found = Counter.builder("inventory_holds_left_behind")
                .description("Reservations that were still open when their order had ended").register(metrics);
    }

    /** Locks all that the ends of these orders may touch, in the order in which commands do. */
    @Transactional
    void prefetch(List<OrderId> orderIds) {
        stockItems.lock(
                reservations.lock(orderIds).stream().filter(reservation -> reservation.status() == Status.HELD)
                        .flatMap(reservation -> skusOf(reservation).stream()).collect(Collectors.toSet()));
    }

    @Transactional
    void orderEnded(OrderId orderId) {
        Optional<Reservation> known = reservations.lock(orderId);
        if (known.isEmpty()) {
            reservations.add(Reservation.neverAgain(orderId, clock.instant()));
        } else if (known.get().status() == Status.HELD) {
            LOG.warn("Order {} has ended and stock was still held for it; it is released", orderId);
            found.increment();
            release(known.get());
        }
    }

    private void release(Reservation reservation) {
        Stock stock = stockItems.lock(skusOf(reservation));
        StockReleased released = reservation.release(stock, clock.instant());
        outsideAnySaga(() -> outbox.append(reservation, released));
        stockItems.record(stock);
    }

    /** The saga in which the order has ended is not answered by this. */
    private static void outsideAnySaga(Runnable task) {
        MessageContext.current()
                .map(cause -> new MessageContext(cause.id(), cause.causationId(), null, cause.correlationId(),
                        cause.logicalTime(), cause.traceparent(), cause.orderNumber(), null))
                .ifPresentOrElse(cause -> cause.run(task), task);
    }

    private static Set<Sku> skusOf(Reservation reservation) {
        return reservation.lines().stream().map(line -> line.sku()).collect(Collectors.toSet());
    }
}
