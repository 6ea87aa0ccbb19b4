package dev.waybill.inventory.stock;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Outbox;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what was said, whether or not its transaction committed. */
class RecordingOutbox implements Outbox {

    private final Queue<Event> events = new ConcurrentLinkedQueue<>();

    @Override
    public MessageId append(Aggregate aggregate, Event event) {
        events.add(event);
        return Ids.nextMessageId();
    }

    @Override
    public void send(Aggregate sender, SagaId sagaId, MessageId id, Command<?> command) {
        throw new UnsupportedOperationException("The inventory commands nobody");
    }

    List<Event> saidAbout(OrderId orderId) {
        return events.stream().filter(event -> event.orderId().equals(orderId)).toList();
    }

    /** The only event about the order. */
    Event answerTo(OrderId orderId) {
        List<Event> said = saidAbout(orderId);
        if (said.size() != 1) {
            throw new AssertionError("Expected one answer for %s, found %s".formatted(orderId, said));
        }
        return said.getFirst();
    }
}
