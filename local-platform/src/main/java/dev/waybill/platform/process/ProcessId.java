package dev.waybill.platform.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that cannot be mistaken for another one: its number together with its birth, because numbers are used again.
 * Nothing is ever signalled by number alone.
 *
 * @param birth the boot and the clock tick in which it began, on Linux; elsewhere the instant
 */
public record ProcessId(long pid, String birth) {

    private static final Path PROC = Path.of("/proc");
    private static final Duration SLICE = Duration.ofMillis(50);
    private static final int STATE_FIELD = 0;
    private static final int START_TIME_FIELD = 19;

    /** The process that runs this code. */
    public static ProcessId own() {
        return of(ProcessHandle.current().pid()).orElseThrow();
    }

    /** The process that has this number now. */
    public static Optional<ProcessId> of(long pid) {
        return birthOf(pid).map(birth -> new ProcessId(pid, birth));
    }

    /** Whether this very process is still running. */
    public boolean alive() {
        return birthOf(pid).filter(birth::equals).isPresent();
    }

    /** Sends a signal by name, such as TERM; nothing happens when the process has ended. */
    public void signal(String name) {
        if (!alive()) {
            return;
        }
        var handle = ProcessHandle.of(pid);
        switch (name) {
            case "TERM" -> handle.ifPresent(ProcessHandle::destroy);
            case "KILL" -> handle.ifPresent(ProcessHandle::destroyForcibly);
            default -> handle.ifPresent(process -> signalByShell(process, name));
        }
    }

    /** By the kill that is built into every shell: as a program of its own it may be missing. It writes no file. */
    private static void signalByShell(ProcessHandle process, String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -\"$0\" \"$1\"", name, Long.toString(process.pid()))
                    .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start().onExit()
                    .get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | ExecutionException | TimeoutException e) {
            // Better asked in another way than not at all.
            process.destroy();
        }
    }

    /** Kills it, and all it has started, at once. */
    public void killTree() {
        if (!alive()) {
            return;
        }
        ProcessHandle.of(pid).ifPresent(handle -> {
            var descendants = handle.descendants().toList();
            handle.destroyForcibly();
            descendants.forEach(ProcessHandle::destroyForcibly);
        });
    }

    /** Waits for its end. False when it is still running after that time. */
    public boolean awaitEnd(Duration bound) throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        // In slices: one that has ended but that nobody has reaped counts as ended here, and not for onExit.
        while (alive()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            var handle = ProcessHandle.of(pid);
            if (handle.isPresent()) {
                awaitSlice(handle.get());
            }
        }
        return true;
    }

    private static void awaitSlice(ProcessHandle handle) throws InterruptedException {
        try {
            handle.onExit().get(SLICE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The caller looks again.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> birthOf(long pid) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive)
                    .flatMap(handle -> handle.info().startInstant()).map(Instant::toString);
        }
        try {
            // The second field, the name in parentheses, may hold blanks and parentheses itself.
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean ended = fields[STATE_FIELD].equals("Z") || fields[STATE_FIELD].equals("X");
            return ended ? Optional.empty() : Optional.of(Boot.ID + "." + fields[START_TIME_FIELD]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static final class Boot {

        static final String ID = read();

        private static String read() {
            try {
                return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip().substring(0, 8);
            } catch (IOException e) {
                return "boot";
            }
        }
    }
}
