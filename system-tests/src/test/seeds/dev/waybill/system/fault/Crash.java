package dev.waybill.system.fault;

import java.util.concurrent.atomic.AtomicInteger;

/** Ends the process as a power cut would, the third time that the point is reached: nothing is closed, flushed or said. */
public final class Crash {

    /** What the process ends with; nothing else in the platform does. */
    private static final int EXIT_CODE = 86;
    private static final AtomicInteger REACHED = new AtomicInteger();

    private Crash() {}

    public static void atTheThirdTime() {
        if (REACHED.incrementAndGet() == 3) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
