package dev.waybill.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has resident in memory, in MiB; nothing for one that has ended. On Linux only.
 *
 * @param most what it has had at most so far
 */
public record Resident(double now, double most) {

    public static Resident of(long process) {
        try {
            return parse(Files.readAllLines(Path.of("/proc", Long.toString(process), "status")));
        } catch (IOException | UncheckedIOException e) {
            // It has ended since it was listed.
            return new Resident(0, 0);
        }
    }

    /** The lines of {@code /proc/PID/status}. */
    static Resident parse(List<String> status) {
        return new Resident(mebibytes(status, "VmRSS:"), mebibytes(status, "VmHWM:"));
    }

    private static double mebibytes(List<String> status, String field) {
        return status.stream().filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
    }
}
