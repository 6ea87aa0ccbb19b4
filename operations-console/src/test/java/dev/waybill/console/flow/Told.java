package dev.waybill.console.flow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A service that tells what a test has it tell. */
final class Told {

    static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");

    private Told() {}

    static Reading reading(String metrics) {
        try {
            return Reading.of(new ByteArrayInputStream(metrics.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By a process that has begun so many seconds before or after {@link #NOW}. */
    static Reading byProcess(int begun, String metrics) {
        return reading("process_start_time_seconds %d\n%s".formatted(NOW.getEpochSecond() + begun, metrics));
    }

    static ServiceFigures service(String name, String metrics) {
        var service = new ServiceFigures(name);
        service.told(NOW, reading(metrics));
        return service;
    }
}
