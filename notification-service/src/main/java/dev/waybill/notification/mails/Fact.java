package dev.waybill.notification.mails;

import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.MessageContext;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * An event as it was heard of.
 *
 * @param saidAt by the clock of whoever said it
 */
record Fact(MessageId id, Event event, Instant saidAt, long logicalTime) {

    /** The event that is being handled. */
    static Fact heard(Event event) {
        MessageContext context = MessageContext.current()
                .orElseThrow(() -> new IllegalStateException("No message is being handled"));
        return new Fact(context.id(), event, requireNonNull(context.saidAt()), context.logicalTime());
    }

    OrderId orderId() {
        return event.orderId();
    }

    boolean isOlderThan(Instant time) {
        return saidAt.isBefore(time);
    }
}
