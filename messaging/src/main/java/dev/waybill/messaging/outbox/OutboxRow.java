package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;

/** A message on its way to a topic. */
public record OutboxRow(String topic, Envelope envelope, String payload) {

    /** The same message on its way to another topic. */
    public OutboxRow to(String otherTopic) {
        return new OutboxRow(otherTopic, envelope, payload);
    }
}
