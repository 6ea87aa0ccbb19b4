package dev.waybill.platform;

import dev.waybill.platform.process.Holds;
import dev.waybill.platform.process.Journal;
import dev.waybill.platform.process.Ledger;
import dev.waybill.platform.process.Logs;
import dev.waybill.platform.process.PartStatus;
import dev.waybill.platform.process.PlatformFailure;
import dev.waybill.platform.process.ProcessId;
import dev.waybill.platform.process.Stopping;
import dev.waybill.platform.process.Supervisor;
import dev.waybill.platform.servers.Application;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Starts everything and stays to watch over it, until it is told to end: then it stops everything in order. Nothing is started
 * unless everything that can be known beforehand is in order.
 */
final class StartCommand {

    private static final Duration READY_BOUND = Duration.ofMinutes(5);

    private final Settings settings;
    private final Platform platform;
    private final PrintStream out;
    private final boolean inBackground;
    private boolean stopped;

    StartCommand(Settings settings, PrintStream out, boolean inBackground) {
        this.settings = settings;
        this.platform = new Platform(settings);
        this.out = out;
        this.inBackground = inBackground;
    }

    int run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Preflight.directoryIsWritable(settings.dataDir());
        Files.createDirectories(settings.logs());
        Files.createDirectories(settings.holds());
        try (FileChannel channel = FileChannel.open(settings.lock(), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw alreadyRunning(settings);
            }
            var journal = new Journal(out, settings.logs().resolve("platform.log"), Clock.systemUTC());
            List<PartStatus> left = Ledger.read(settings.ledger()).map(Ledger.Snapshot::running).orElse(List.of());
            Preflight.diskHasRoom(settings.dataDir());
            // From here on a stop finds whom to end.
            newLedger(journal).begin(platform.parts(), left);
            endWhatWasLeft(journal, left);
            Preflight.everythingIsBuilt(platform.applications());
            Preflight.userMayRunPostgres();
            Preflight.portsAreFree(platform.parts());
            journal.say("Starting Waybill in " + settings.dataDir());
            platform.applications().forEach(Application::stage);
            return supervise(journal, began);
        }
    }

    static PlatformFailure alreadyRunning(Settings settings) {
        return new PlatformFailure("Waybill is already running in %s. `./demo status` shows it, `./demo stop` stops it."
                .formatted(settings.dataDir()));
    }

    private static void endWhatWasLeft(Journal journal, List<PartStatus> left) throws InterruptedException {
        if (!left.isEmpty()) {
            journal.say("The last run was cut off; ending what it left:");
            new Stopping(journal::say).stop(left);
        }
    }

    private Ledger newLedger(Journal journal) {
        return new Ledger(settings.ledger(), ProcessId.own(), journal::say);
    }

    private int supervise(Journal journal, long began) throws InterruptedException {
        Ledger ledger = newLedger(journal);
        int startingAtOnce = Math.max(3, Runtime.getRuntime().availableProcessors());
        var supervisor = new Supervisor(platform.parts(), ledger, new Holds(settings.holds()),
                new Logs(settings.logs()), journal, Clock.systemUTC(), startingAtOnce);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor, journal)));
        supervisor.start();
        try {
            supervisor.awaitReady(READY_BOUND);
        } catch (PlatformFailure e) {
            stop(supervisor, journal);
            throw e;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        new Welcome(settings, platform, inBackground).lines(took).forEach(journal::say);
        supervisor.declareReady();
        if (settings.training()) {
            supervisor.inBackground(
                    background -> new Training(settings, platform.applications(), background, journal));
        }
        // The end comes by a signal, and the hook above sees to it.
        new CountDownLatch(1).await();
        return 0;
    }

    /** By the hook, or before it when the start has failed; whoever comes second waits for the first. */
    private synchronized void stop(Supervisor supervisor, Journal journal) {
        if (stopped) {
            return;
        }
        stopped = true;
        journal.say("");
        journal.say("Stopping Waybill");
        supervisor.stop();
        journal.say("Waybill has stopped. Its data is kept in " + settings.dataDir());
    }
}
