package dev.waybill.platform.servers;

import dev.waybill.platform.process.Part;
import dev.waybill.platform.process.ProcessId;
import dev.waybill.platform.process.Shell;
import dev.waybill.platform.process.StopRule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A real PostgreSQL, durable as in production (fsync and synchronous_commit on), on the loopback only. Its data survives every
 * stop, a kill included.
 */
public final class PostgresServer implements Part {

    public static final String NAME = "postgres";
    private static final Duration INITDB_BOUND = Duration.ofMinutes(2);

    private final Path home;
    private final PostgresBinaries binaries;
    private final Path data;
    private final int port;
    private final Databases databases;

    /** @param home where programs and data are kept */
    public PostgresServer(Path home, int port) {
        this.home = home;
        this.binaries = new PostgresBinaries(home.resolve("programs"));
        this.data = home.resolve("data");
        this.port = port;
        this.databases = new Databases(port);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public void prepare() throws IOException {
        Files.createDirectories(home);
        binaries.unpackOnce();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialize();
        }
        forgetForeignLock();
    }

    /** Made beside its place and moved there when whole, so that one that was broken off is never used. */
    private void initialize() throws IOException {
        Path unfinished = data.resolveSibling("data.unfinished");
        Trees.delete(unfinished);
        Path password = Files.createTempFile("waybill", ".pw");
        try {
            Files.writeString(password, Databases.DEMO_PASSWORD);
            List<String> command = new ArrayList<>(allowedAsRoot());
            command.addAll(List.of(binaries.program("initdb"), "-D", unfinished.toString(), "-U", Databases.SUPERUSER,
                    "--pwfile", password.toString(), "--auth=scram-sha-256", "--no-locale", "-E", "UTF8"));
            Shell.Result result = Shell.run(command, INITDB_BOUND);
            if (!result.succeeded()) {
                throw new IOException("initdb failed: " + result.output());
            }
        } finally {
            Files.deleteIfExists(password);
        }
        Trees.delete(data);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * PostgreSQL refuses to start when its lock file names a process that lives, even if that number now belongs to another
     * program, after a reboot for example. Otherwise the file is left to it: by what else stands there it finds out whether
     * processes of a killed server still work on the data.
     */
    void forgetForeignLock() throws IOException {
        Path lock = data.resolve("postmaster.pid");
        if (!Files.exists(lock)) {
            return;
        }
        List<String> lines = Files.readAllLines(lock);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) {
            return;
        }
        long pid = Long.parseLong(lines.getFirst().strip());
        boolean postgres = ProcessHandle.of(pid).flatMap(handle -> handle.info().command())
                .filter(command -> command.endsWith("postgres")).isPresent();
        if (ProcessId.of(pid).isPresent() && !postgres) {
            Files.delete(lock);
        }
    }

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>(allowedAsRoot());
        command.addAll(List.of(binaries.program("postgres"), "-D", data.toString()));
        Map<String, String> settings = Map.of("port", Integer.toString(port), "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "", "max_connections", "200", "shared_buffers", "128MB", "fsync", "on",
                "synchronous_commit", "on", "timezone", "UTC", "log_timezone", "UTC",
                // The detail of a violated constraint quotes the row, and with it a customer.
                "log_error_verbosity", "terse");
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, and keeps its process number. */
    private static List<String> allowedAsRoot() {
        boolean root = "root".equals(System.getProperty("user.name"));
        return root && Shell.find("unshare").isPresent() ? List.of("unshare", "-U") : List.of();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("LC_ALL", "C", "PGTZ", "UTC");
    }

    @Override
    public boolean answers() {
        return Probe.accepts(port) && databases.answer();
    }

    @Override
    public boolean looksAlive() {
        return Probe.accepts(port);
    }

    @Override
    public List<String> settle() {
        databases.makeWhatIsMissing();
        return List.of();
    }

    /** INT is its fast shutdown: open connections are ended, what is committed is kept. */
    @Override
    public StopRule stopRule() {
        return new StopRule(3, "INT", Duration.ofSeconds(20));
    }
}
