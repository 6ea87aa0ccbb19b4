package dev.waybill.platform;

import dev.waybill.platform.process.Holds;
import dev.waybill.platform.process.Ledger;
import dev.waybill.platform.process.PartStatus;
import dev.waybill.platform.process.PlatformFailure;
import dev.waybill.platform.process.ProcessId;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Kills one process as hard as can be, and has the supervisor keep it down for a while. */
final class KillCommand {

    private final Settings settings;
    private final PrintStream out;

    KillCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run(String name, Duration downFor) throws InterruptedException {
        if (!Names.all(settings).contains(name)) {
            throw Names.unknown(name, settings);
        }
        Ledger.Snapshot ledger = Ledger.read(settings.ledger()).filter(read -> read.supervisor().alive())
                .orElseThrow(() -> new PlatformFailure(
                        "Waybill is not running in %s, so there is nothing to kill.".formatted(settings.dataDir())));
        PartStatus part = ledger.part(name).orElseThrow(() -> Names.unknown(name, settings));
        ProcessId process = part.running().orElseThrow(
                () -> new PlatformFailure(
                        "%s is not running at the moment (%s).".formatted(name, part.condition().label())));
        new Holds(settings.holds()).hold(name, Instant.now().plus(downFor));
        process.killTree();
        boolean ended = process.awaitEnd(Duration.ofSeconds(10));
        out.println(ended
                ? "%s (pid %d) was killed with kill -9; it is started again in %d s".formatted(name, process.pid(),
                        downFor.toSeconds())
                : "%s (pid %d) cannot be killed".formatted(name, process.pid()));
        return ended ? 0 : 1;
    }
}
