package dev.waybill.platform.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs one command after another beside the parts, at the lowest priority. It stands in the ledger as a part does, so a stop
 * ends it too, even if nobody is left who waits for it.
 */
public final class Background {

    public static final String NAME = "background";
    private static final StopRule AT_ONCE = new StopRule(0, StopRule.KILL, Duration.ofSeconds(5));

    private final Supervised.Surroundings around;

    Background(Supervised.Surroundings around) {
        this.around = around;
    }

    public Path log() {
        return around.logs().of(NAME);
    }

    /** Waits for its end and returns its exit code; interrupted when the platform stops. */
    public int run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        List<String> inOwnSession = new ArrayList<>(Shell.ownSession());
        inOwnSession.addAll(List.of("nice", "-n", "19"));
        inOwnSession.addAll(command);
        var builder = new ProcessBuilder(inOwnSession).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(around.logs().readyFor(NAME).toFile()))
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        Process process;
        PartStatus status;
        synchronized (around.stopping()) {
            if (around.stopRequested()) {
                throw new InterruptedException();
            }
            process = builder.start();
            status = new PartStatus(NAME, Condition.STARTING, ProcessId.of(process.pid()).orElse(null), 0, AT_ONCE, 0,
                    null);
            around.ledger().record(status);
        }
        int exitCode = process.waitFor();
        around.ledger().record(status.down());
        if (around.stopRequested()) {
            throw new InterruptedException();
        }
        return exitCode;
    }
}
