package dev.waybill.saga.engine;

import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import org.jspecify.annotations.Nullable;

/** Something that happens to a running saga. */
public sealed interface Input {

    /**
     * A participant's event, said in this saga.
     *
     * @param id the event's own id
     * @param causationId the command that it answers
     */
    record Answer(MessageId id, @Nullable MessageId causationId, Event event) implements Input {}

    /** Time has passed; calls may be due. */
    record Timeout() implements Input {}

    /** Somebody wants something of the saga; it may be that it makes no sense, and then nothing changes. */
    sealed interface Request extends Input {
        Asked asked();
    }

    /**
     * Who wants it, and why: goes into the journal.
     *
     * @param why no personal data
     */
    record Asked(String by, String why) {
        @Override
        public String toString() {
            return by + ": " + why;
        }
    }

    /** Go no further, and undo what was done; makes sense until the pivot is commanded. */
    record TurnBack(Asked asked) implements Request {}

    /** Ask again for what stands in the way, or else for what is waited for. */
    record Retry(Asked asked) implements Request {}

    /** Take as done what stands in the way, or else what is waited for; makes sense after the pivot. */
    record Skip(Asked asked) implements Request {}

    /**
     * Take as done, or as undone, whatever is left of a stuck saga, and send only what tells how it has ended: it ends when that
     * is answered. It cannot be taken as undone once the pivot has happened.
     */
    record Resolve(Resolution as, Asked asked) implements Request {}

    /** How a person can end a stuck saga. */
    enum Resolution {
        COMPLETED(Status.COMPLETED), COMPENSATED(Status.COMPENSATED);

        private final Status status;

        Resolution(Status status) {
            this.status = status;
        }

        Status status() {
            return status;
        }
    }
}
