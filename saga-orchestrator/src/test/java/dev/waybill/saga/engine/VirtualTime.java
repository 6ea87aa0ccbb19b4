package dev.waybill.saga.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen when, in a time that passes only by things happening. */
final class VirtualTime {

    private static final Instant BEGINNING = Instant.parse("2026-11-21T14:00:00Z");
    private static final int MOST_HAPPENINGS = 20_000;

    private record Happening(long at, int number, Runnable task) {}

    private final PriorityQueue<Happening> agenda = new PriorityQueue<>(
            Comparator.comparingLong(Happening::at).thenComparingInt(Happening::number));
    private long now;
    private int planned;

    void later(long millis, Runnable task) {
        agenda.add(new Happening(now + millis, planned++, task));
    }

    Instant instant() {
        return BEGINNING.plusMillis(now);
    }

    /** Until nothing is to happen any more. */
    void run() {
        for (int happenings = 0; !agenda.isEmpty(); happenings++) {
            if (happenings > MOST_HAPPENINGS) {
                throw new Violation("It does not end");
            }
            Happening next = agenda.remove();
            now = next.at();
            next.task().run();
        }
    }

    @Override
    public String toString() {
        return now + " ms";
    }
}
