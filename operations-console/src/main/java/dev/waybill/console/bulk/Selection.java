package dev.waybill.console.bulk;

import dev.waybill.console.who.Who;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What was chosen for one act, as it was at that moment: nothing comes in later. It is started by whoever names its count, stopped and
 * resumed at any time, pauses by itself where a service is away, and ends when each item has its outcome.
 *
 * @param filter  what was looked for, in words
 * @param items   how many are in it
 * @param rate    items a second
 * @param said    why it pauses
 * @param runBy   in whose name it is worked off
 * @param nextDue when the next item may begin
 */
record Selection(UUID id, String act, String filter, String reason, int items, int rate, String frozenBy,
        Instant frozenAt, State state, @Nullable String said, @Nullable String runBy, @Nullable Instant nextDue) {

    /** How far it is. */
    enum State {
        FROZEN, RUNNING, PAUSED, STOPPED, DONE;

        /** In words. */
        public String words() {
            return switch (this) {
                case FROZEN -> "frozen";
                case RUNNING -> "running";
                case PAUSED -> "paused";
                case STOPPED -> "stopped";
                case DONE -> "done";
            };
        }
    }

    /** Whether something that was asked for can be done. */
    sealed interface Answer {

        /** @param state what it is from now on */
        record Changed(State state) implements Answer {}

        /** @param why it stays as it is */
        record Refused(String why) implements Answer {}
    }

    /** @param typed the count, as the person who starts it has typed it */
    Answer start(String typed) {
        if (state != State.FROZEN) {
            return refused("started");
        }
        if (items == 0) {
            return new Answer.Refused("There is nothing in this selection.");
        }
        return typed.strip().equals(Integer.toString(items))
                ? new Answer.Changed(State.RUNNING)
                : new Answer.Refused("That is not the number of items in this selection. Nothing was started.");
    }

    Answer stop() {
        return state == State.RUNNING || state == State.PAUSED
                ? new Answer.Changed(State.STOPPED)
                : refused("stopped");
    }

    Answer resume() {
        return state == State.STOPPED || state == State.PAUSED
                ? new Answer.Changed(State.RUNNING)
                : refused("resumed");
    }

    Pace pace() {
        return new Pace(rate);
    }

    /** In whose name the next item is done. */
    BulkOrder order() {
        return new BulkOrder(new Who(runBy == null ? frozenBy : runBy), reason);
    }

    private Answer.Refused refused(String what) {
        return new Answer.Refused("It cannot be %s: it is %s.".formatted(what, state.words()));
    }
}
