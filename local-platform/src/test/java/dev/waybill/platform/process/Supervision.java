package dev.waybill.platform.process;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A supervisor with everything it needs in one directory; stops what it started. */
final class Supervision implements AutoCloseable {

    private final Path directory;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Supervisor supervisor;

    Supervision(Path directory, Part... parts) {
        this.directory = directory;
        var journal = new Journal(new PrintStream(said, true, UTF_8), directory.resolve("platform.log"),
                Clock.systemUTC());
        this.supervisor = new Supervisor(List.of(parts), new Ledger(ledger(), ProcessId.own(), journal::say), holds(),
                new Logs(directory.resolve("logs")), journal, Clock.systemUTC(), 3);
        supervisor.start();
    }

    Supervisor supervisor() {
        return supervisor;
    }

    void awaitReady() throws InterruptedException {
        supervisor.awaitReady(Duration.ofSeconds(20));
    }

    Holds holds() {
        return new Holds(directory.resolve("holds"));
    }

    Path ledger() {
        return directory.resolve("processes");
    }

    PartStatus status(String name) {
        return Ledger.read(ledger()).flatMap(ledger -> ledger.part(name)).orElseThrow();
    }

    String said() {
        return said.toString(UTF_8);
    }

    @Override
    public void close() {
        supervisor.stop();
    }
}
