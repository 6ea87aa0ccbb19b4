package dev.waybill.system.auditor.evidence;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Something that has begun and has not ended.
 *
 * @param orderId the order that it is about; null where it is about many
 */
public record Pending(Kind kind, @Nullable String orderId, String what, Instant since) {

    /** What it is that has not ended. */
    public enum Kind {
        /** An order is not settled. */
        ORDER,
        /** A saga has not ended. */
        SAGA,
        /** A saga waits for a person. */
        STUCK_SAGA,
        /** A call to the outside world has no definite answer. */
        OUTSIDE_CALL,
        /** An outbox row is not published. */
        BACKLOG,
        /** A record is not consumed. */
        LAG
    }
}
