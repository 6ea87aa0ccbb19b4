package dev.waybill.platform.process;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one part.
 *
 * @param process  null while there is none
 * @param restarts how often it was started again since the platform's start
 * @param until    when it is started again, while it is paused or held
 */
public record PartStatus(String name, Condition condition, @Nullable ProcessId process, int port, StopRule stopRule,
        int restarts, @Nullable Instant until) {

    private static final String NOTHING = "-";

    static PartStatus waiting(Part part) {
        return new PartStatus(part.name(), Condition.WAITING, null, part.port(), part.stopRule(), 0, null);
    }

    PartStatus starting(ProcessId launched, int timesBefore) {
        return new PartStatus(name, Condition.STARTING, launched, port, stopRule, timesBefore, null);
    }

    PartStatus up() {
        return new PartStatus(name, Condition.UP, process, port, stopRule, restarts, null);
    }

    PartStatus downUntil(Condition why, Instant instant) {
        return new PartStatus(name, why, null, port, stopRule, restarts, instant);
    }

    PartStatus down() {
        return new PartStatus(name, Condition.DOWN, null, port, stopRule, restarts, null);
    }

    /** Its process, if that very one still runs. */
    public Optional<ProcessId> running() {
        return Optional.ofNullable(process).filter(ProcessId::alive);
    }

    String line() {
        return String.join("\t", name, condition.name(), process == null ? NOTHING : Long.toString(process.pid()),
                process == null ? NOTHING : process.birth(), Integer.toString(port), stopRule.text(),
                Integer.toString(restarts), until == null ? NOTHING : until.toString());
    }

    static PartStatus ofLine(String line) {
        String[] fields = line.split("\t", -1);
        ProcessId process = fields[2].equals(NOTHING) ? null : new ProcessId(Long.parseLong(fields[2]), fields[3]);
        return new PartStatus(fields[0], Condition.valueOf(fields[1]), process, Integer.parseInt(fields[4]),
                StopRule.ofText(fields[5]), Integer.parseInt(fields[6]),
                fields[7].equals(NOTHING) ? null : Instant.parse(fields[7]));
    }
}
