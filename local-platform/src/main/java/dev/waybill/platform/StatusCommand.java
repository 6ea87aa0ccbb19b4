package dev.waybill.platform;

import dev.waybill.platform.process.Condition;
import dev.waybill.platform.process.Ledger;
import dev.waybill.platform.process.Part;
import dev.waybill.platform.process.PartStatus;
import dev.waybill.platform.process.ProcessId;
import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

/** A table of all processes. All are up only if each of them runs and answers at this moment. */
final class StatusCommand {

    private static final String ROW = "%-22s %6s  %-22s %9s %9s %9s";

    private final Settings settings;
    private final PrintStream out;

    StatusCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run() {
        Optional<Ledger.Snapshot> read = Ledger.read(settings.ledger());
        if (read.isEmpty() || (!read.get().supervisor().alive() && read.get().running().isEmpty())) {
            out.println("Waybill is not running in " + settings.dataDir());
            return 1;
        }
        Ledger.Snapshot ledger = read.get();
        Map<String, Part> parts = new Platform(settings).parts().stream().collect(toMap(Part::name, identity()));
        List<Line> lines = ledger.parts().parallelStream().filter(part -> parts.containsKey(part.name()))
                .map(part -> Line.of(part, parts.get(part.name()))).toList();
        out.println(ROW.formatted("NAME", "PORT", "STATE", "MEMORY", "PID", "RESTARTS"));
        lines.forEach(line -> out.println(line.text()));
        long supervisor = ledger.supervisor().alive() ? Memory.kibOf(ledger.supervisor(), false) : 0;
        long total = supervisor + lines.stream().mapToLong(Line::kib).sum();
        out.println(ROW.formatted("supervisor", "", ledger.supervisor().alive() ? "up" : "gone", mib(supervisor),
                ledger.supervisor().pid(), ""));
        out.println(ROW.formatted("", "", "", mib(total), "", ""));
        if (!ledger.supervisor().alive()) {
            out.println("Nobody watches over these processes any more. `./demo stop` ends them, `./demo` starts anew.");
        }
        return ledger.supervisor().alive() && lines.stream().allMatch(Line::isUp) ? 0 : 1;
    }

    /** One row. */
    private record Line(PartStatus part, boolean isUp, String state, long kib) {

        static Line of(PartStatus part, @Nullable Part look) {
            Optional<ProcessId> process = part.running();
            long kib = process.map(running -> Memory.kibOf(running, true)).orElse(0L);
            boolean answers = process.isPresent() && look != null && look.looksAlive();
            boolean up = part.condition() == Condition.UP && answers;
            return new Line(part, up, up ? "up" : stateOf(part, process.isPresent()), kib);
        }

        private static String stateOf(PartStatus part, boolean runs) {
            return switch (part.condition()) {
                case UP -> runs ? "up, does not answer" : "died just now";
                case STARTING -> runs ? "starting" : "died just now";
                case PAUSED -> "died, again in " + secondsUntil(part.until());
                case HELD -> "killed, again in " + secondsUntil(part.until());
                case WAITING -> "waiting";
                case DOWN -> "down";
            };
        }

        private static String secondsUntil(@Nullable Instant instant) {
            return instant == null ? "?" : Math.max(0, Duration.between(Instant.now(), instant).toSeconds()) + " s";
        }

        String text() {
            String pid = part.running().map(ProcessId::pid).map(Object::toString).orElse("-");
            return ROW.formatted(part.name(), part.port(), state, mib(kib), pid, part.restarts());
        }
    }

    private static String mib(long kib) {
        return kib == 0 ? "-" : kib / 1024 + " MiB";
    }
}
