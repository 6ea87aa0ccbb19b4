package dev.waybill.messaging.history;

import dev.waybill.events.Envelope;
import dev.waybill.events.Event;

/** An event with all that stands on the outside of it. */
public record RecordedEvent<E extends Event>(Envelope envelope, E event) {

    /** What orders the events of one aggregate: 1, 2, 3 …, as no event is without. */
    public long sequence() {
        Long sequence = envelope.sequence();
        if (sequence == null) {
            throw new IllegalArgumentException("Event %s has no sequence".formatted(envelope.id()));
        }
        return sequence;
    }
}
