package dev.waybill.order.timeline;

import dev.waybill.events.OrderEvent;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.history.EventStore;
import org.springframework.stereotype.Service;

import java.util.List;
import java.util.Optional;

/** Tells what has happened to an order. A moment after something was said it may not be there yet. */
@Service
class Timeline {

    private final TimelineProjection projection;
    private final EventStore store;

    Timeline(TimelineProjection projection, EventStore store) {
        this.projection = projection;
        this.store = store;
    }

    /** Empty where there is no such order; one that was placed just now may have nothing to tell yet. */
    Optional<List<TimelineEntry>> of(OrderId orderId) {
        List<TimelineEntry> entries = projection.of(orderId);
        boolean unknown = entries.isEmpty() && store.of("order/" + orderId, OrderEvent.class).isEmpty();
        return unknown ? Optional.empty() : Optional.of(entries);
    }
}
