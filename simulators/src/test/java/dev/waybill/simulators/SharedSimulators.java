package dev.waybill.simulators;

import org.junit.jupiter.api.AfterEach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;

/** For tests that can share simulators: each speaks of orders of its own, and switches its faults off. */
public abstract class SharedSimulators {

    protected static final RunningSimulators SIMULATORS = start();

    /** A new order. */
    protected final String orderId = UUID.randomUUID().toString();

    @AfterEach
    void switchFaultsOff() {
        List.of("gateway", "carrier", "smtp").forEach(target -> SIMULATORS.delete("/faults/" + target));
    }

    /** A new key. */
    protected static String key() {
        return UUID.randomUUID().toString();
    }

    private static RunningSimulators start() {
        try {
            var started = RunningSimulators.on(Files.createTempDirectory("simulators"));
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
