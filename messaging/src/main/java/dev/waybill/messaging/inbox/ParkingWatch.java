package dev.waybill.messaging.inbox;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Pauses one subscription when it parks most of what it takes: then it is the program that is bad, newly deployed perhaps,
 * and not the messages. What one process has seen concerns that process; a new one begins afresh.
 */
class ParkingWatch {

    private static final int SLICES = 60;

    private final String subscription;
    private final ParkingSettings settings;
    private final Clock clock;
    private final long[] handled = new long[SLICES];
    private final long[] parked = new long[SLICES];
    private long latest;
    private @Nullable Pause pause;

    ParkingWatch(String subscription, ParkingSettings settings, Clock clock) {
        this.subscription = subscription;
        this.settings = settings;
        this.clock = clock;
    }

    /** Since when, and why. */
    record Pause(Instant since, String reason) {}

    /** Nothing is taken on; what was received has to come again. */
    static class SubscriptionPaused extends RuntimeException {
        SubscriptionPaused(String subscription, Pause pause) {
            super("%s is paused since %s: %s".formatted(subscription, pause.since(), pause.reason()));
        }
    }

    int tolerated() {
        return settings.tolerated();
    }

    synchronized Optional<Pause> pause() {
        return Optional.ofNullable(pause);
    }

    /** @throws SubscriptionPaused as long as nobody has said that it is to go on */
    synchronized void requireRunning() {
        if (pause != null) {
            throw new SubscriptionPaused(subscription, pause);
        }
    }

    synchronized void handled(int messages) {
        handled[slice()] += messages;
    }

    /** Counts a message that was parked; answers the pause that this leads to, if it does. */
    synchronized Optional<Pause> parked() {
        parked[slice()]++;
        long parkedInAll = sum(parked);
        long all = parkedInAll + sum(handled);
        if (pause != null || parkedInAll <= settings.tolerated() || parkedInAll <= settings.share() * all) {
            return Optional.empty();
        }
        pause = new Pause(clock.instant(), "%d of the last %d messages within %s were parked"
                .formatted(parkedInAll, all, settings.window()));
        return Optional.of(pause);
    }

    /** Goes on as if nothing had been parked before; answers false where it was not paused. */
    synchronized boolean resume() {
        boolean paused = pause != null;
        if (paused) {
            pause = null;
            forget(SLICES);
        }
        return paused;
    }

    private int slice() {
        long now = clock.millis() / Math.max(1, settings.window().toMillis() / SLICES);
        forget(Math.min(SLICES, Math.max(0, now - latest)));
        latest = Math.max(latest, now);
        return (int) (latest % SLICES);
    }

    /** The slices that follow the latest are the oldest ones. */
    private void forget(long slices) {
        for (long i = 1; i <= slices; i++) {
            int oldest = (int) ((latest + i) % SLICES);
            handled[oldest] = 0;
            parked[oldest] = 0;
        }
    }

    private static long sum(long... counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
