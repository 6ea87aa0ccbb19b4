package dev.waybill.platform.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Short-lived commands, run to their end, and the ways to start a long-lived one. */
public final class Shell {

    private Shell() {}

    /** How a command ended, with everything it printed. */
    public record Result(int exitCode, String output) {

        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Runs a command; it is killed when it takes longer, or when the caller is interrupted. */
    public static Result run(List<String> command, Duration bound) {
        Process process = null;
        try {
            Path output = Files.createTempFile("waybill", ".out");
            try {
                process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile())
                        .redirectInput(new File("/dev/null")).start();
                boolean ended = process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
                String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
                return ended
                        ? new Result(process.exitValue(), text)
                        : new Result(-1, text + "\n(still running after " + bound.toSeconds() + " s)");
            } finally {
                if (process != null) {
                    process.destroyForcibly();
                }
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("`%s` could not be run".formatted(command.getFirst()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        }
    }

    /** Whether a command of that name can be found. */
    public static Optional<Path> find(String command) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Arrays.stream(path.split(File.pathSeparator)).filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, command)).filter(Files::isExecutable).findFirst();
    }

    /**
     * What to put before a command so that it gets a session of its own under the same process number: a terminal's Ctrl-C
     * goes to a whole process group, and the parts must not end before they are asked to, in order.
     */
    public static List<String> ownSession() {
        if (find("setsid").isPresent()) {
            return List.of("setsid");
        }
        if (find("perl").isPresent()) {
            return List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or exit 127;");
        }
        return List.of();
    }
}
