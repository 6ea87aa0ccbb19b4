package dev.waybill.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processor time that programs have used so far, each with all it has started: what runs now, and what has ended and was
 * waited for, such as PostgreSQL's backends. Read from {@code /proc}, so on Linux only.
 */
public final class Cpu {

    private static final Path PROC = Path.of("/proc");
    /** What the kernel counts in, as it tells programs: 100 a second on every architecture that Linux supports. */
    private static final double MILLIS_PER_TICK = 10;

    private Cpu() {}

    /** One line of {@code /proc/PID/stat}; ticks of its own and of ended children, in user and kernel mode. */
    record Stat(long pid, long parent, long ticks) {

        /** The second field, the name in parentheses, may hold blanks and parentheses itself. */
        static Stat parse(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
            long ticks = 0;
            for (int field = 11; field <= 14; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return new Stat(pid, Long.parseLong(fields[1]), ticks);
        }
    }

    /** Milliseconds of each root and everything below it, by the given names. A root that has ended counts nothing. */
    public static Map<String, Double> millisOf(Map<String, Long> roots) {
        return millisOf(roots, running());
    }

    static Map<String, Double> millisOf(Map<String, Long> roots, Collection<Stat> running) {
        Map<Long, Stat> byPid = new HashMap<>();
        Map<Long, List<Stat>> children = new HashMap<>();
        running.forEach(stat -> {
            byPid.put(stat.pid(), stat);
            children.computeIfAbsent(stat.parent(), _ -> new ArrayList<>()).add(stat);
        });
        Map<String, Double> millis = new LinkedHashMap<>();
        roots.forEach((name, pid) -> millis.put(name,
                byPid.containsKey(pid) ? below(byPid.get(pid), children, roots.values()) * MILLIS_PER_TICK : 0));
        return millis;
    }

    /** A root below another one counts for itself only. */
    private static long below(Stat root, Map<Long, List<Stat>> children, Collection<Long> roots) {
        long ticks = root.ticks();
        for (Stat child : children.getOrDefault(root.pid(), List.of())) {
            if (!roots.contains(child.pid())) {
                ticks += below(child, children, roots);
            }
        }
        return ticks;
    }

    private static List<Stat> running() {
        try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            List<Stat> stats = new ArrayList<>();
            entries.forEach(entry -> read(entry).ifPresent(stats::add));
            return stats;
        } catch (IOException e) {
            throw new UncheckedIOException("Processor times can be read on Linux only", e);
        }
    }

    private static Optional<Stat> read(Path process) {
        try {
            return Optional.of(Stat.parse(Files.readString(process.resolve("stat"))));
        } catch (IOException e) {
            // It has ended since the listing.
            return Optional.empty();
        }
    }
}
