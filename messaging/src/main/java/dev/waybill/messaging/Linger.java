package dev.waybill.messaging;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What keeps batches large where the machine has no time to spare. Whoever works off what others hand over rests after each batch for as long
 * as that took: what comes meanwhile is the next batch. On an idle machine a batch takes few milliseconds, and so does the rest; where all
 * processors are busy it takes long, more has come, and each message costs less (docs/adr/0050).
 */
public final class Linger {

    /** A batch that waited for a lock says nothing about how busy the machine is. */
    static final Duration LONGEST = Duration.ofMillis(50);

    private Linger() {}

    /**
     * Rests.
     *
     * @param began when the batch was begun, of {@link System#nanoTime}
     */
    public static void afterBatch(long began) {
        LockSupport.parkNanos(restAfter(Duration.ofNanos(System.nanoTime() - began)).toNanos());
    }

    static Duration restAfter(Duration batch) {
        return batch.compareTo(LONGEST) < 0 ? batch : LONGEST;
    }
}
