package dev.waybill.console.live;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One who looks at something, until it is closed. */
final class Watch implements AutoCloseable {

    /** What there is to be told. */
    enum News {
        /** It is not what it was; also once at the beginning, as nobody knows what was seen before. */
        CHANGED,
        /** It was looked at, and is what it was. */
        SAME,
        /** Nobody has looked: the last look has not come to its end. */
        UNKNOWN,
        /** This console ends; another one will answer. */
        OVER
    }

    private final Consumer<Watch> leaving;
    private final Semaphore told = new Semaphore(0);
    private final AtomicBoolean looked = new AtomicBoolean();
    private volatile boolean over;

    Watch(Consumer<Watch> leaving) {
        this.leaving = leaving;
    }

    /** Waits for a change, and comes back without one when the time is over. */
    News next(Duration longest) throws InterruptedException {
        boolean changed = told.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        told.drainPermits();
        boolean wasLookedAt = looked.getAndSet(false);
        if (over) {
            return News.OVER;
        }
        return changed ? News.CHANGED : wasLookedAt ? News.SAME : News.UNKNOWN;
    }

    void changed() {
        told.release();
    }

    void same() {
        looked.set(true);
    }

    void end() {
        over = true;
        told.release();
    }

    @Override
    public void close() {
        leaving.accept(this);
    }
}
