package dev.waybill.messaging;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/**
 * Numbers what an aggregate says: 1, 2, 3 … without gaps, and a Lamport clock beside it. It is stored in the aggregate's own
 * row, so the row's lock or version is what keeps two transactions from taking the same number, and a rolled-back one
 * leaves no gap. Columns {@code event_sequence} and {@code logical_time}, both {@code bigint not null default 0}.
 */
@Embeddable
public class EventCounter {

    @Column(name = "event_sequence", nullable = false)
    private long sequence;

    @Column(name = "logical_time", nullable = false)
    private long logicalTime;

    public EventCounter() {}

    /** As it was stored, for an aggregate that JPA does not load. */
    public EventCounter(long sequence, long logicalTime) {
        this.sequence = sequence;
        this.logicalTime = logicalTime;
    }

    /** How many events the aggregate has said so far. */
    public long sequence() {
        return sequence;
    }

    /** The logical time of what the aggregate said last. */
    public long logicalTime() {
        return logicalTime;
    }

    /** The number of the next event. Taken by the {@link Outbox}, once for each event that is appended. */
    public long nextSequence() {
        return ++sequence;
    }

    /**
     * The logical time of what is said now: later than its cause and than all that the aggregate said before. Taken by the
     * {@link Outbox}.
     *
     * @param causedAt logical time of the message that causes it, 0 where none does
     */
    public long tick(long causedAt) {
        logicalTime = 1 + Math.max(causedAt, logicalTime);
        return logicalTime;
    }
}
