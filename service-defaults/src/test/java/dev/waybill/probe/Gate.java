package dev.waybill.probe;

import org.springframework.stereotype.Component;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds a request in the middle of its work, for as long as a test wants it to. */
@Component
class Gate {

    private volatile CountDownLatch open = new CountDownLatch(0);
    private final AtomicInteger inside = new AtomicInteger();
    private volatile CountDownLatch reached = new CountDownLatch(1);

    void close() {
        reached = new CountDownLatch(1);
        open = new CountDownLatch(1);
    }

    void open() {
        open.countDown();
    }

    void awaitSomebody() {
        await(reached);
    }

    void pass() {
        reached.countDown();
        inside.incrementAndGet();
        try {
            await(open);
        } finally {
            inside.decrementAndGet();
        }
    }

    /** Requests that are being held. */
    int inside() {
        return inside.get();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nothing happened for 20 seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
