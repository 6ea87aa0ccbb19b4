package dev.waybill.platform.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What the supervisor says: on the terminal as it is, in the platform's log with the time. A log that cannot be written, on a
 * full disk for example, keeps nobody from his work: it is said once on the terminal.
 */
public final class Journal {

    private final PrintStream terminal;
    private final Path log;
    private final Clock clock;
    private boolean writable = true;

    public Journal(PrintStream terminal, Path log, Clock clock) {
        this.terminal = terminal;
        this.log = log;
        this.clock = clock;
    }

    public synchronized void say(String line) {
        terminal.println(line);
        terminal.flush();
        note(line);
    }

    /** For the log only. */
    public synchronized void note(String line) {
        try {
            Files.write(log, List.of(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + line.strip()),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            writable = true;
        } catch (IOException e) {
            if (writable) {
                terminal.println("  The log cannot be written: " + e);
            }
            writable = false;
        }
    }
}
