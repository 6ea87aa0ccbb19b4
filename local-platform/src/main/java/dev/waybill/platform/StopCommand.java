package dev.waybill.platform;

import dev.waybill.platform.process.Ledger;
import dev.waybill.platform.process.PartStatus;
import dev.waybill.platform.process.PlatformFailure;
import dev.waybill.platform.process.ProcessId;
import dev.waybill.platform.process.Stopping;
import dev.waybill.platform.servers.Trees;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops everything in order and leaves nothing running: through the supervisor, and where that was killed or does not come to
 * an end, from the ledger it left.
 */
final class StopCommand {

    private static final Duration SUPERVISOR_BOUND = Duration.ofMinutes(2);
    private static final Duration ANNOUNCED_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Settings settings;
    private final PrintStream out;

    StopCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run() throws IOException, InterruptedException {
        Optional<Ledger.Snapshot> ledger = running();
        long deadline = System.nanoTime() + ANNOUNCED_WITHIN.toNanos();
        var never = new CountDownLatch(1);
        while (ledger.isEmpty() && startIsUnderWay() && !never.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() - deadline > 0) {
                throw new PlatformFailure("Somebody holds %s and does not say who it is. End that program."
                        .formatted(settings.lock()));
            }
            ledger = running();
        }
        if (ledger.isEmpty()) {
            out.println("Waybill is not running in " + settings.dataDir());
            return 0;
        }
        out.println("Stopping Waybill");
        ProcessId supervisor = ledger.get().supervisor();
        supervisor.signal("TERM");
        watch(supervisor);
        if (supervisor.alive()) {
            out.println("  The supervisor did not come to an end: killed");
            supervisor.signal("KILL");
            supervisor.awaitEnd(Duration.ofSeconds(10));
        }
        List<PartStatus> left = Ledger.read(settings.ledger()).map(Ledger.Snapshot::running).orElse(List.of());
        new Stopping(out::println).stop(left);
        boolean ended = left.stream().allMatch(part -> part.running().isEmpty());
        out.println(ended
                ? "Waybill has stopped. Its data is kept in " + settings.dataDir()
                : "Some processes could not be ended.");
        return ended ? 0 : 1;
    }

    private Optional<Ledger.Snapshot> running() {
        return Ledger.read(settings.ledger())
                .filter(ledger -> ledger.supervisor().alive() || !ledger.running().isEmpty());
    }

    /** Whether somebody holds the lock. Right after taking it, a start says in the ledger who it is. */
    private boolean startIsUnderWay() throws IOException {
        if (!Files.exists(settings.lock())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(settings.lock(), StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        }
    }

    /** Shows each part's end while the supervisor sees to it. */
    private void watch(ProcessId supervisor) throws InterruptedException {
        long deadline = System.nanoTime() + SUPERVISOR_BOUND.toNanos();
        List<PartStatus> running = new ArrayList<>(
                Ledger.read(settings.ledger()).map(Ledger.Snapshot::running).orElse(List.of()));
        boolean over = false;
        while (!over && System.nanoTime() - deadline < 0) {
            over = supervisor.awaitEnd(LOOK_EVERY);
            boolean inOrder = Ledger.read(settings.ledger()).filter(StopCommand::isStopping).isPresent();
            if (inOrder) {
                List<PartStatus> ended = running.stream().filter(part -> part.running().isEmpty()).toList();
                ended.forEach(part -> out.println("  %-22s stopped".formatted(part.name())));
                running.removeAll(ended);
            }
        }
    }

    private static boolean isStopping(Ledger.Snapshot ledger) {
        return ledger.phase() == Ledger.Phase.STOPPING || ledger.phase() == Ledger.Phase.STOPPED;
    }

    /** Stops, and deletes what the platform remembers. Only what it made itself: never the directory as a whole. */
    int reset() throws IOException, InterruptedException {
        int stopped = run();
        if (stopped != 0) {
            return stopped;
        }
        for (String name : List.of("postgres/data", "postgres/data.unfinished", "kafka", "simulators", "secrets", "run",
                "logs")) {
            Trees.delete(settings.dataDir().resolve(name));
        }
        out.println("The data is gone: the next start begins anew.");
        return 0;
    }
}
