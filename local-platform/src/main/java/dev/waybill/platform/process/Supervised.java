package dev.waybill.platform.process;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One part's life, on a thread of its own: launch it, wait until it answers, wait for its death, launch it again. Until it has
 * answered for the first time a second death is final; after that it is started again for ever, with growing pauses, and every
 * death is said.
 */
final class Supervised implements Runnable {

    private static final Duration PROBE_EVERY = Duration.ofMillis(100);
    private static final Duration LOOKS_AT_HOLD = Duration.ofMillis(200);
    private static final int DEATHS_BEFORE_GIVING_UP = 2;

    private final Part part;
    private final Surroundings around;
    private final CompletableFuture<Duration> firstReady = new CompletableFuture<>();
    private RestartPause pause = RestartPause.FIRST;
    private PartStatus status;
    private int launches;
    private int deaths;

    Supervised(Part part, Surroundings around) {
        this.part = part;
        this.around = around;
        this.status = PartStatus.waiting(part);
        around.ledger().record(status);
    }

    /**
     * What all supervised parts share.
     *
     * @param startingAtOnce bounds how many are between launch and first answer
     * @param stopping       open from the moment on when nothing may be launched any more
     * @param failure        completed with the first {@link PlatformFailure} of a part that never came to be ready
     */
    record Surroundings(Ledger ledger, Holds holds, Logs logs, Journal journal, Clock clock, Semaphore startingAtOnce,
            CountDownLatch stopping, CompletableFuture<Void> failure) {

        boolean stopRequested() {
            return stopping.getCount() == 0;
        }
    }

    Part part() {
        return part;
    }

    /** How long it took from a launch to its first answer; never completed when it does not come to that. */
    CompletableFuture<Duration> firstReady() {
        return firstReady;
    }

    @Override
    public void run() {
        try {
            while (!around.stopRequested()) {
                liveOnce();
            }
        } catch (InterruptedException e) {
            // Only a stop interrupts, and it ends the process itself.
            Thread.currentThread().interrupt();
        } catch (PlatformFailure e) {
            if (firstReady.isDone()) {
                around.journal().say("  %s is no longer watched: %s".formatted(part.name(), e.getMessage()));
            }
            around.failure().completeExceptionally(e);
        }
    }

    private void liveOnce() throws InterruptedException {
        // Only in the first start, and never what others need: whoever waits in a slot must not keep it from its own need.
        boolean queues = !firstReady.isDone() && !part.needs().isEmpty();
        if (queues) {
            around.startingAtOnce().acquire();
        }
        Instant launched = around.clock().instant();
        Process process = null;
        String end = "was not started";
        try {
            process = launch();
            if (process != null && awaitAnswer(process)) {
                announceReady(Duration.between(launched, around.clock().instant()));
            }
        } catch (IOException e) {
            end = "could not be started: " + e.getMessage();
        } finally {
            if (queues) {
                around.startingAtOnce().release();
            }
        }
        if (process != null) {
            end = "ended with " + meaning(process.waitFor());
        }
        if (!around.stopRequested()) {
            mourn(end, Duration.between(launched, around.clock().instant()));
        }
    }

    /** An exception means that no process was born; null, that the platform stops. */
    private @Nullable Process launch() throws IOException {
        List<String> command = new ArrayList<>(Shell.ownSession());
        try {
            part.prepare();
            command.addAll(part.command());
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        Path log = around.logs().readyFor(part.name());
        Files.writeString(log, "---- %s: start of %s%n".formatted(around.clock().instant(), part.name()),
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).redirectInput(new File("/dev/null"));
        builder.environment().putAll(part.environment());
        // Launch and stop exclude each other, so that a stop never misses a process that is just being born.
        synchronized (around.stopping()) {
            if (around.stopRequested()) {
                return null;
            }
            Process process = builder.start();
            ProcessId id = ProcessId.of(process.pid()).orElseGet(() -> new ProcessId(process.pid(), "ended"));
            update(status.starting(id, launches++));
            return process;
        }
    }

    private boolean awaitAnswer(Process process) throws InterruptedException {
        while (!process.waitFor(PROBE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            if (answers()) {
                return true;
            }
        }
        return false;
    }

    private boolean answers() {
        try {
            if (!part.answers()) {
                return false;
            }
            part.settle().forEach(remark -> around.journal().say("  %s: %s".formatted(part.name(), remark)));
            return true;
        } catch (UncheckedIOException e) {
            // It went away again in between, or is still busy: the next probe tries once more.
            around.journal().say("  %s: %s".formatted(part.name(), e.getMessage()));
            return false;
        }
    }

    private void announceReady(Duration took) {
        update(status.up());
        String seconds = "%.1f s".formatted((double) took.toMillis() / 1000);
        if (!firstReady.isDone()) {
            around.journal().say("  %-22s ready %8s   %s".formatted(part.name(), seconds, part.address()));
        } else {
            around.journal().say("  %s is up again, after %s".formatted(part.name(), seconds));
        }
        // Last: whoever waits for this one has something to say, too.
        firstReady.complete(took);
    }

    private void mourn(String end, Duration life) throws InterruptedException {
        Instant now = around.clock().instant();
        Optional<Instant> heldUntil = around.holds().until(part.name(), now);
        if (heldUntil.isPresent()) {
            pause = RestartPause.FIRST;
            Duration hold = Duration.between(now, heldUntil.get());
            around.journal().say("  %s was ended on request; it is started again in %d s at the latest"
                    .formatted(part.name(), Math.round((double) hold.toMillis() / 1000)));
            keepHeld(heldUntil.get());
            return;
        }
        if (!firstReady.isDone() && ++deaths >= DEATHS_BEFORE_GIVING_UP) {
            update(status.down());
            throw new PlatformFailure("%s does not start: it %s.%n%s"
                    .formatted(part.name(), end, around.logs().lastWords(part.name(), 25)));
        }
        Duration rest = pause.afterLifeOf(life);
        pause = pause.grown(life);
        around.journal().say("  %s %s; it is started again in %d s (its log: %s)"
                .formatted(part.name(), end, rest.toSeconds(), around.logs().of(part.name())));
        keepDown(Condition.PAUSED, rest, now.plus(rest));
    }

    /** Until then, or until it is released before. */
    private void keepHeld(Instant until) throws InterruptedException {
        update(status.downUntil(Condition.HELD, until));
        while (around.holds().until(part.name(), around.clock().instant()).isPresent()) {
            if (around.stopping().await(LOOKS_AT_HOLD.toMillis(), TimeUnit.MILLISECONDS)) {
                update(status.down());
                return;
            }
        }
        around.holds().release(part.name());
    }

    private void keepDown(Condition why, Duration time, Instant until) throws InterruptedException {
        update(status.downUntil(why, until));
        if (!around.stopping().await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        update(status.down());
    }

    private void update(PartStatus next) {
        status = next;
        around.ledger().record(next);
    }

    private static String meaning(int exitCode) {
        return exitCode > 128 && exitCode < 160
                ? "exit code %d (signal %s)".formatted(exitCode, signal(exitCode - 128))
                : "exit code " + exitCode;
    }

    private static String signal(int number) {
        return switch (number) {
            case 6 -> "ABRT";
            case 9 -> "KILL";
            case 11 -> "SEGV";
            case 15 -> "TERM";
            default -> Integer.toString(number).toUpperCase(Locale.ROOT);
        };
    }
}
