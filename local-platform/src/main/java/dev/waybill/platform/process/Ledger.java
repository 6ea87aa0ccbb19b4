package dev.waybill.platform.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who runs, on disk: the supervisor writes it at every change, every other command reads it. It is replaced as a whole, so a
 * reader never sees half of it; and it outlives a supervisor that was killed, so what that left behind can be ended. Once begun,
 * a write that fails is only said: a full disk must not keep anybody from watching and stopping.
 */
public final class Ledger {

    private final Path file;
    private final ProcessId supervisor;
    private final Consumer<String> say;
    private final Map<String, PartStatus> parts = new LinkedHashMap<>();
    private Phase phase = Phase.STARTING;
    private boolean writable = true;

    /**
     * A new ledger.
     *
     * @param say is told when it cannot be written
     */
    public Ledger(Path file, ProcessId supervisor, Consumer<String> say) {
        this.file = file;
        this.supervisor = supervisor;
        this.say = say;
    }

    /** Says, before anything is started, who is about to start it, and what an earlier run has left. */
    public synchronized void begin(List<Part> toStart, List<PartStatus> left) throws IOException {
        toStart.forEach(part -> parts.put(part.name(), PartStatus.waiting(part)));
        left.forEach(part -> parts.put(part.name(), part));
        replace();
    }

    /** How far the platform as a whole is. */
    public enum Phase {
        STARTING, READY, STOPPING, STOPPED
    }

    /** What stood in the ledger at one moment. */
    public record Snapshot(ProcessId supervisor, Phase phase, List<PartStatus> parts) {

        /** Parts whose process still runs. */
        public List<PartStatus> running() {
            return parts.stream().filter(part -> part.running().isPresent()).toList();
        }

        public Optional<PartStatus> part(String name) {
            return parts.stream().filter(part -> part.name().equals(name)).findFirst();
        }
    }

    synchronized void record(PartStatus status) {
        parts.put(status.name(), status);
        write();
    }

    synchronized void enter(Phase next) {
        phase = next;
        write();
    }

    synchronized Optional<PartStatus> statusOf(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    synchronized List<PartStatus> all() {
        return List.copyOf(parts.values());
    }

    /** The ledger of the platform that was started last in this place, if any. */
    public static Optional<Snapshot> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String[] head = lines.getFirst().split("\t", -1);
        return Optional.of(new Snapshot(new ProcessId(Long.parseLong(head[0]), head[1]), Phase.valueOf(head[2]),
                lines.stream().skip(1).map(PartStatus::ofLine).toList()));
    }

    private void write() {
        try {
            replace();
            writable = true;
        } catch (IOException e) {
            if (writable) {
                say.accept("  The list of processes cannot be written: " + e);
            }
            writable = false;
        }
    }

    private void replace() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.join("\t", Long.toString(supervisor.pid()), supervisor.birth(), phase.name()));
        parts.values().forEach(part -> lines.add(part.line()));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
