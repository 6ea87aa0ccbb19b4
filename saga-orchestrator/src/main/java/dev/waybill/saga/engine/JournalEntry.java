package dev.waybill.saga.engine;

import dev.waybill.events.MessageId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What a person reads who wants to know what a saga did, and why.
 *
 * @param detail a message's type or a sentence; no personal data
 * @param messageId the command or the answer, where it is about one
 */
public record JournalEntry(Instant at, String step, Kind kind, String detail, @Nullable MessageId messageId) {

    /** What is noted. */
    public enum Kind {
        STARTED, SENT, SENT_AGAIN, DONE, REFUSED, IN_DOUBT, COMPENSATING, UNDONE, UNDO_REFUSED, UNANSWERED, STUCK,
        RESUMED,
        COMPLETED, COMPENSATED, DUPLICATE_ANSWER, LATE_ANSWER, UNMATCHED_ANSWER,
        /** A participant has put the command aside until a person has seen to it. The saga goes on waiting for the answer. */
        PARKED,
        /** Somebody wants it to turn back, and so it does. */
        CALLED_OFF,
        /** A cancellation has come that waits until the saga has ended. */
        CANCELLATION_NOTED,
        /** A person has asked again, has taken a step as done, has taken the saga as ended. */
        RETRIED, SKIPPED, RESOLVED
    }
}
