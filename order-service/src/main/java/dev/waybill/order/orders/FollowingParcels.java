package dev.waybill.order.orders;

import dev.waybill.events.Message;
import dev.waybill.events.OrderId;
import dev.waybill.events.ShippingEvent.ParcelDelivered;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Outbox;
import dev.waybill.order.orders.Parcel.Progress;
import dev.waybill.order.orders.Scanned.Contradicting;
import dev.waybill.order.orders.Scanned.Duplicate;
import dev.waybill.order.orders.Scanned.Early;
import dev.waybill.order.orders.Scanned.Said;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.util.List;

/** The carrier has seen a parcel, and its order takes note, whenever that is. */
@Service
@Transactional
class FollowingParcels {

    private final Orders orders;
    private final Outbox outbox;
    private final ParcelFacts facts;
    private final Clock clock;

    FollowingParcels(Orders orders, Outbox outbox, ParcelFacts facts, Clock clock) {
        this.orders = orders;
        this.outbox = outbox;
        this.facts = facts;
        this.clock = clock;
    }

    /** Loads and locks the orders of a whole batch; what follows finds them already there. */
    void prefetch(List<Message> batch) {
        orders.lock(batch.stream().map(Message::orderId).toList());
    }

    void handedOver(ParcelHandedOver fact) {
        scanned(fact.orderId(), Progress.HANDED_OVER, fact.trackingNumber());
    }

    void delivered(ParcelDelivered fact) {
        scanned(fact.orderId(), Progress.DELIVERED, fact.trackingNumber());
    }

    private void scanned(OrderId orderId, Progress at, String trackingNumber) {
        MessageContext scan = MessageContext.current()
                .orElseThrow(() -> new IllegalStateException("A scan comes as a message"));
        Order order = orders.get(orderId);
        switch (order.scanned(at, trackingNumber, scan.id(), clock.instant())) {
            case Said said -> said.news().forEach(news -> outbox.append(order, news.event()));
            case Early() -> {
                // What the order will say because of it is to be later than it.
                order.events().tick(scan.logicalTime());
                facts.early();
            }
            case Duplicate() -> facts.duplicate();
            case Contradicting() -> facts.contradicting(order);
        }
    }
}
