package dev.waybill.platform;

import dev.waybill.platform.process.Ledger;
import dev.waybill.platform.process.PartStatus;
import dev.waybill.platform.process.ProcessId;
import dev.waybill.platform.process.Stopping;
import dev.waybill.platform.servers.Trees;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stops everything in order and leaves nothing running: through the supervisor, and where that was killed or does not come to
 * an end, from the ledger it left.
 */
final class StopCommand {

    private static final Duration SUPERVISOR_BOUND = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Settings settings;
    private final PrintStream out;

    StopCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run() throws InterruptedException {
        Optional<Ledger.Snapshot> ledger = Ledger.read(settings.ledger());
        if (ledger.isEmpty() || (!ledger.get().supervisor().alive() && ledger.get().running().isEmpty())) {
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
        for (String name : List.of("postgres/data", "postgres/data.unfinished", "kafka", "simulators", "run", "logs")) {
            Trees.delete(settings.dataDir().resolve(name));
        }
        out.println("The data is gone: the next start begins anew.");
        return 0;
    }
}
