package dev.waybill.benchmarks.servers;

import dev.waybill.benchmarks.platform.Databases;
import dev.waybill.platform.process.Part;
import dev.waybill.platform.process.Shell;
import dev.waybill.platform.servers.Application;
import dev.waybill.platform.servers.KafkaServer;
import dev.waybill.platform.servers.PostgresServer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Servers for one benchmark: the same programs with the same settings as the demo's, by its own classes, at ports of their
 * own, with empty data. PostgreSQL has fsync and synchronous_commit on; Kafka is one broker.
 */
public final class Servers implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final Path directory;
    private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    private final int portOffset;
    private final Map<Part, Process> running = new LinkedHashMap<>();

    private Servers(int portOffset, Path directory) {
        this.directory = directory;
        this.portOffset = portOffset;
    }

    /** @param directory is emptied of what an earlier run left */
    public Servers(Path directory, int portOffset) throws IOException {
        this(portOffset, directory);
        Shell.run(List.of("rm", "-rf", directory.toString()), Duration.ofMinutes(1));
        Files.createDirectories(directory);
    }

    /** With the data of a platform that does not run. */
    public static Servers on(Path directory, int portOffset) {
        return new Servers(portOffset, directory);
    }

    /** @param settings lines for {@code postgresql.conf} */
    public Databases startPostgres(String... settings) throws IOException {
        Path home = directory.resolve("postgres");
        var postgres = new PostgresServer(home, port(15432));
        postgres.prepare();
        Files.writeString(home.resolve("data").resolve("postgresql.conf"), "\n" + String.join("\n", settings) + "\n",
                StandardOpenOption.APPEND);
        start(postgres);
        return new Databases(postgres.port());
    }

    /** Answers its port; the platform's topics are there. */
    public int startKafka() throws IOException {
        var kafka = new KafkaServer(directory.resolve("kafka"), java, port(19092), port(19093));
        kafka.prepare();
        start(kafka);
        return kafka.port();
    }

    /** Answers the port of gateway and carrier. */
    public int startSimulators(Path repository) throws IOException {
        int port = port(8090);
        start(application(repository, "simulators", port, Map.of("WAYBILL_SIMULATORS_DATADIR",
                directory.resolve("simulators").toString(),
                "WAYBILL_SIMULATORS_MAILBOX_PORT", Integer.toString(port(1025)))));
        return port;
    }

    /** A module of the repository with the settings that the demo gives it. */
    public int startService(Path repository, String module, int usualPort, String database) throws IOException {
        int port = port(usualPort);
        start(application(repository, module, port, Map.of(
                "SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(15432), database),
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + port(19092))));
        return port;
    }

    private Application application(Path repository, String module, int port, Map<String, String> environment) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("SERVER_PORT", Integer.toString(port));
        all.put("SERVER_ADDRESS", "127.0.0.1");
        var application = new Application(module, List.of(port), Set.of(), 0,
                new Application.Installation(repository, directory.resolve("applications"), java, javaOptions()),
                () -> all,
                Map.of());
        application.stage();
        return application;
    }

    /** What a demo's services would get, too. */
    private static List<String> javaOptions() {
        String options = System.getenv().getOrDefault("WAYBILL_JAVA_OPTS", "").strip();
        return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
    }

    private int port(int usual) {
        return usual + portOffset;
    }

    private void start(Part part) throws IOException {
        List<String> command = new ArrayList<>(Shell.ownSession());
        command.addAll(part.command());
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve(part.name() + ".log").toFile());
        builder.environment().putAll(part.environment());
        Process process = builder.start();
        running.put(part, process);
        long giveUp = System.nanoTime() + READY_WITHIN.toNanos();
        while (!part.answers()) {
            if (!process.isAlive() || System.nanoTime() - giveUp > 0) {
                throw new IOException("%s did not start; see %s".formatted(part.name(),
                        directory.resolve(part.name() + ".log")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        part.settle();
    }

    /** By their names. */
    public Map<String, Long> processes() {
        Map<String, Long> processes = new LinkedHashMap<>();
        running.forEach((part, process) -> processes.put(part.name(), process.pid()));
        return processes;
    }

    /** In the reverse order; what does not stop is killed. */
    @Override
    public void close() {
        for (var entry : new ArrayList<>(running.entrySet()).reversed()) {
            Process process = entry.getValue();
            Shell.run(List.of("kill", "-" + entry.getKey().stopRule().signal(), Long.toString(process.pid())),
                    Duration.ofSeconds(5));
            try {
                if (!process.waitFor(15, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        running.clear();
    }
}
