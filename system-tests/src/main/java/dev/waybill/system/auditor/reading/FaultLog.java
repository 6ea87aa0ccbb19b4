package dev.waybill.system.auditor.reading;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What was done to the platform on purpose, kept by whoever did it: one JSON document a line. */
public final class FaultLog {

    private static final JsonMapper JSON = JsonMapper.shared();

    private FaultLog() {}

    /**
     * A fault.
     *
     * @param healed when it was over; null where it is not
     */
    public record Fault(Instant at, String what, @Nullable Instant healed) {
        @Override
        public String toString() {
            return "%s  %s, %s".formatted(at, what, healed == null ? "not healed" : "healed " + healed);
        }
    }

    public static List<Fault> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> JSON.readValue(line, Fault.class)).toList();
    }
}
