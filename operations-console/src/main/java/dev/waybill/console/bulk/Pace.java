package dev.waybill.console.bulk;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * A steady rate. Each item has its moment, one interval after that of the item before; a worker that comes late may make up for half a
 * second and no more, so nothing bursts out after a pause.
 *
 * @param perSecond how many items may begin in a second
 */
record Pace(int perSecond) {

    /** Longer than a worker's rest between two turns, or the rate could not be reached. */
    static final Duration MADE_UP = Duration.ofMillis(500);

    /** When the next item may begin, if one begins now whose moment was that. */
    Instant next(@Nullable Instant due, Instant now) {
        Instant earliest = now.minus(MADE_UP);
        Instant from = due == null ? now : due.isBefore(earliest) ? earliest : due;
        return from.plusNanos(1_000_000_000L / perSecond);
    }
}
