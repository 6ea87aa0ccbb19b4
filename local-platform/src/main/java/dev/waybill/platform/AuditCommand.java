package dev.waybill.platform;

import dev.waybill.platform.process.Ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the auditor look at the running platform. The auditor is a program of its own, with nothing of the platform's on its class
 * path; what stands behind the command's name is handed to it as it is, and its exit code is the command's: 0 every invariant
 * holds, 1 one does not, 2 it could not be found out.
 */
final class AuditCommand {

    private static final int NOT_FOUND_OUT = 2;
    /** The evidence of 100,000 orders needs a third of it; the rest is room for the collector. */
    private static final String MEMORY = "-Xmx2g";

    private final Settings settings;
    private final PrintStream out;

    AuditCommand(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    int run(List<String> options) throws IOException, InterruptedException {
        if (Ledger.read(settings.ledger()).filter(ledger -> ledger.supervisor().alive()).isEmpty()) {
            out.println("Waybill is not running in " + settings.dataDir() + ": there is nothing to audit");
            return NOT_FOUND_OUT;
        }
        Path auditor = settings.dataDir().resolve("auditor").resolve("system-tests.jar");
        if (!Files.exists(auditor)) {
            throw new UsageFailure("The auditor is not there: " + auditor);
        }
        // The Kafka client logs what nobody has to read here.
        List<String> command = new ArrayList<>(
                List.of(settings.java().toString(), MEMORY, "-Xms512m", "-XX:+UseParallelGC",
                        "-Dslf4j.internal.verbosity=ERROR", "-jar", auditor.toString(), "--port-offset",
                        Integer.toString(settings.portOffset()), "--metrics",
                        settings.dataDir().resolve("audit.prom").toString()));
        command.addAll(options);
        Process audit = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(audit::destroy));
        return audit.waitFor();
    }
}
