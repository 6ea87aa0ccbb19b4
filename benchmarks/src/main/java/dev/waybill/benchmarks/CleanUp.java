package dev.waybill.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;

/** Ends what was started, the last first: when the measuring is over, when it fails, and when it is broken off. */
final class CleanUp implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::closeAll, "clean-up");

    CleanUp() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    synchronized <T extends AutoCloseable> T add(T resource) {
        started.push(resource);
        return resource;
    }

    @Override
    public void close() {
        closeAll();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private synchronized void closeAll() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                // What comes after it is to be ended all the same.
                System.getLogger(CleanUp.class.getName()).log(System.Logger.Level.WARNING, "Not ended: {0}", e);
            }
        }
    }
}
