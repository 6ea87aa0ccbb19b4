package dev.waybill.order.orders;

import dev.waybill.events.Message;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Outbox;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.time.Clock;
import java.util.List;

/** The fulfillment has come to its end, and the order is told which. An order that is not there is an error. */
@Service
@Transactional
class SettlingOrders {

    private final Orders orders;
    private final Outbox outbox;
    private final OrderFacts facts;
    private final ParcelFacts parcels;
    private final Clock clock;

    SettlingOrders(Orders orders, Outbox outbox, OrderFacts facts, ParcelFacts parcels, Clock clock) {
        this.orders = orders;
        this.outbox = outbox;
        this.facts = facts;
        this.parcels = parcels;
        this.clock = clock;
    }

    /** Loads and locks the orders of a whole batch; what follows finds them already there. */
    void prefetch(List<Message> batch) {
        orders.lock(batch.stream().map(Message::orderId).toList());
    }

    void confirm(ConfirmOrder command) {
        Order order = orders.get(command.orderId());
        Order.Confirmed confirmed = facts.counting(order, () -> order.confirm(clock.instant()));
        outbox.append(order, confirmed.answer());
        confirmed.waited().forEach(news -> append(order, news));
    }

    /** As what the scan has caused: a command has one answer. */
    private void append(Order order, ParcelNews news) {
        new MessageContext(news.because(), null, null, order.id().toString(), 0, null)
                .run(() -> outbox.append(order, news.event()));
    }

    void reject(RejectOrder command) {
        Order order = orders.get(command.orderId());
        outbox.append(order, facts.counting(order, () -> order.reject(command.reason(), clock.instant())));
        parcels.ended(order);
    }
}
