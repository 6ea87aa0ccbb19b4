package dev.waybill.saga.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.events.MessageId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A command that the saga has sent, and what has become of it. No call is ever forgotten: that is how an answer that comes
 * twice, or too late, is known for what it is.
 *
 * @param id the command's id, the same at every attempt
 * @param part which of the commands that the step sends together, from 0
 * @param attempts how often it was sent, or since a person last had it sent; 0 if a person has taken it as done before
 * @param sentAt when it was sent first, or was not going to be sent any more
 * @param deadline when the current attempt has been waited for long enough; none once the call is settled or given up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Call(
        MessageId id,
        String step,
        Kind kind,
        int part,
        State state,
        int attempts,
        Instant sentAt,
        @Nullable Instant deadline) {

    /** What it was sent for. */
    public enum Kind {
        /** To do the step. */
        ACTION,
        /** To undo the step. */
        UNDO,
        /** To end a saga that was refused, after all is undone. */
        ENDING
    }

    /** What is known about it. */
    public enum State {
        /** Nothing yet. */
        IN_FLIGHT,
        /** Answered: it had its effect. */
        DONE,
        /** Answered: it had no effect. */
        REFUSED,
        /** Given up without an answer: it may have had its effect, may not, or may still. */
        IN_DOUBT,
        /** A person has taken it as done, or as not needed any more, before it was. */
        WAIVED,
        /** It was refused and, as a person wished, asked for anew under another id. */
        SUPERSEDED
    }

    boolean isAt(Kind kind, String step) {
        return this.kind == kind && this.step.equals(step);
    }

    boolean isAt(Kind kind, String step, int part) {
        return this.part == part && isAt(kind, step);
    }

    public boolean isInFlight() {
        return state == State.IN_FLIGHT;
    }

    boolean isDue(Instant now) {
        return deadline != null && !deadline.isAfter(now);
    }

    /** What a person has taken as done before it was ever sent. */
    static Call spared(MessageId id, String step, int part, Instant now) {
        return new Call(id, step, Kind.ACTION, part, State.WAIVED, 0, now, null);
    }

    /** In flight, and not asked into any more. */
    boolean isExhausted() {
        return isInFlight() && deadline == null;
    }

    /** Nothing more is wanted of it. */
    boolean isDone() {
        return state == State.DONE || state == State.WAIVED;
    }

    Call settled(State state) {
        return new Call(id, step, kind, part, state, attempts, sentAt, null);
    }

    Call sentAgain(Instant deadline) {
        return new Call(id, step, kind, part, state, attempts + 1, sentAt, deadline);
    }

    /** As patiently as if it had not been sent before. */
    Call sentAfresh(Instant deadline) {
        return new Call(id, step, kind, part, state, 1, sentAt, deadline);
    }

    /** Stays in flight, as an answer may still come, but is not sent again. */
    Call exhausted() {
        return new Call(id, step, kind, part, state, attempts, sentAt, null);
    }
}
