package dev.waybill.platform;

import dev.waybill.platform.process.ProcessId;
import dev.waybill.platform.process.Shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * How much memory a process and all it has started hold, in KiB. What several of them share is counted once where the system
 * tells (Linux: proportional share), so that PostgreSQL's many processes are not counted with the shared buffers each.
 */
final class Memory {

    private Memory() {}

    /** @param withDescendants the supervisor's own are parts of their own, and counted there */
    static long kibOf(ProcessId process, boolean withDescendants) {
        List<Long> pids = !withDescendants
                ? List.of(process.pid())
                : Stream.concat(Stream.of(process.pid()),
                        ProcessHandle.of(process.pid()).stream().flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                        .toList();
        return pids.stream().mapToLong(pid -> pids.size() == 1 ? resident(pid) : share(pid)).sum();
    }

    private static long share(long pid) {
        return fieldOf(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss:", () -> resident(pid));
    }

    private static long resident(long pid) {
        return fieldOf(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:", () -> askPs(pid));
    }

    private static long fieldOf(Path file, String field, LongSupplier otherwise) {
        try {
            return Files.readAllLines(file).stream().filter(line -> line.startsWith(field)).findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", ""))).orElse(0L);
        } catch (IOException e) {
            return otherwise.getAsLong();
        }
    }

    private static long askPs(long pid) {
        if (Files.isDirectory(Path.of("/proc/self"))) {
            return 0;
        }
        var result = Shell.run(List.of("ps", "-o", "rss=", "-p", Long.toString(pid)), Duration.ofSeconds(5));
        return result.succeeded() && result.output().matches("\\d+") ? Long.parseLong(result.output()) : 0;
    }
}
