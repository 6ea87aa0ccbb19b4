package dev.waybill.console.bulk;

import dev.waybill.console.Spoken;
import dev.waybill.console.bulk.Selection.State;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A selection as its page shows it.
 *
 * @param counts  what has become of how many, in words
 * @param remains how long the rest takes at this rate, in words
 */
record SelectionView(UUID id, String title, String state, String filter, String reason, String frozenBy,
        Instant frozenAt, @Nullable String runBy, int items, int rate, int seenTo, int left, String counts,
        String remains, @Nullable String said, boolean frozen, boolean running, boolean stoppable,
        boolean resumable) {

    /** Whether anything may still become of it: somebody may go on with what has stopped. */
    public boolean isOpen() {
        return frozen || running || stoppable || resumable;
    }

    static SelectionView of(Selection selection, String title, Progress progress) {
        State state = selection.state();
        return new SelectionView(selection.id(), title, state.words(), selection.filter(), selection.reason(),
                selection.frozenBy(), selection.frozenAt(), selection.runBy(), selection.items(), selection.rate(),
                progress.seenTo(), progress.left(), progress.words(),
                Spoken.duration(Duration.ofMillis(progress.left() * 1_000L / selection.rate())), selection.said(),
                state == State.FROZEN, state == State.RUNNING, selection.stop() instanceof Selection.Answer.Changed,
                selection.resume() instanceof Selection.Answer.Changed);
    }
}
