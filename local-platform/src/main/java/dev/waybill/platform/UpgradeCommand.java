package dev.waybill.platform;

import dev.waybill.platform.process.Holds;
import dev.waybill.platform.process.Ledger;
import dev.waybill.platform.process.PartStatus;
import dev.waybill.platform.process.PlatformFailure;
import dev.waybill.platform.process.Stopping;
import dev.waybill.platform.servers.Application;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Puts what was built since in the place of one service, while all others go on: it is stopped in order, and the supervisor
 * starts what is there then. In between its consumer groups may be set back, so that it reads again what it did not know before.
 */
final class UpgradeCommand {

    /** It is down until it has been put in place; if that never ends, for so long. More than stopping it may take. */
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private final Settings settings;
    private final PrintStream out;

    UpgradeCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** @param setBackBy how far its consumer groups are set back; nothing: they stay where they are */
    int run(String name, Duration setBackBy) throws InterruptedException {
        var platform = new Platform(settings);
        Application application = platform.applications().stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(() -> new UsageFailure("There is no service named '%s'. There are: %s.".formatted(name,
                        String.join(", ", platform.applications().stream().map(Application::name).toList()))));
        PartStatus part = Ledger.read(settings.ledger()).filter(read -> read.supervisor().alive())
                .flatMap(ledger -> ledger.part(name)).filter(status -> status.running().isPresent())
                .orElseThrow(() -> new PlatformFailure("%s is not running in %s, so there is nothing to upgrade."
                        .formatted(name, settings.dataDir())));
        Instant began = Instant.now();
        var holds = new Holds(settings.holds());
        holds.hold(name, began.plus(AT_MOST));
        try {
            new Stopping(out::println).stop(List.of(part));
            application.stage();
            if (!setBackBy.isZero()) {
                out.println("set back by %d s: %s".formatted(setBackBy.toSeconds(),
                        String.join(", ", platform.consumerGroups().setBack(name, began.minus(setBackBy)))));
            }
        } finally {
            holds.release(name);
        }
        out.println("%s is started again, as it was built last".formatted(name));
        return 0;
    }
}
