package dev.waybill.saga.engine;

import java.util.concurrent.atomic.AtomicInteger;

public class ConcurrentEngine {

    private final AtomicInteger steps = new AtomicInteger();

    int next() {
        return steps.incrementAndGet();
    }
}
