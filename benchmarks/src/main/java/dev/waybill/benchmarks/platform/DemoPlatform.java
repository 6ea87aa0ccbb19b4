package dev.waybill.benchmarks.platform;

import dev.waybill.benchmarks.load.RestShop;
import dev.waybill.benchmarks.load.Shop;
import dev.waybill.benchmarks.measure.Cpu;
import dev.waybill.platform.process.Shell;
import dev.waybill.platform.servers.PostgresServer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The platform as shipped, started and stopped by {@code ./demo}: its own data directory, its own ports. Nothing is changed
 * but that PostgreSQL notes when each transaction was committed.
 */
public final class DemoPlatform implements Contender {

    private static final Duration COMMAND_BOUND = Duration.ofMinutes(8);

    private final Path repository;
    private final Path data;
    private final int portOffset;

    public DemoPlatform(Path repository, Path data, int portOffset) {
        this.repository = repository;
        this.data = data;
        this.portOffset = portOffset;
    }

    /** With empty databases, and enough of everything in stock. */
    public void start() throws IOException, SQLException {
        demo("reset");
        Path postgres = data.resolve("postgres");
        new PostgresServer(postgres, port(15432)).prepare();
        Files.writeString(postgres.resolve("data").resolve("postgresql.conf"), "\ntrack_commit_timestamp = on\n",
                StandardOpenOption.APPEND);
        demo("start", "--detach");
        Stock.fillUp(databases());
    }

    @Override
    public String name() {
        return "platform";
    }

    @Override
    public Shop shop() {
        return new RestShop(port(8081));
    }

    @Override
    public int kafkaPort() {
        return port(19092);
    }

    @Override
    public Databases databases() {
        return new Databases(port(15432));
    }

    /** For others to call as well. */
    public Simulators simulators() {
        return new Simulators(port(8090), processes().getOrDefault("simulators", 0L));
    }

    private int port(int usual) {
        return usual + portOffset;
    }

    @Override
    public Map<String, Double> cpuMillis() {
        return Cpu.millisOf(processes());
    }

    /** By their names, as the supervisor has noted them; it is the first. */
    public Map<String, Long> processes() {
        Map<String, Long> processes = new LinkedHashMap<>();
        try {
            List<String> lines = Files.readAllLines(data.resolve("run").resolve("processes"));
            processes.put("supervisor", Long.parseLong(lines.getFirst().split("\t", -1)[0]));
            lines.stream().skip(1).map(line -> line.split("\t", -1)).filter(fields -> fields[2].matches("\\d+"))
                    .forEach(fields -> processes.put(fields[0], Long.parseLong(fields[2])));
        } catch (IOException e) {
            throw new IllegalStateException("The platform does not run in " + data, e);
        }
        return processes;
    }

    private void demo(String... words) {
        List<String> command = new ArrayList<>(List.of("env", "WAYBILL_DATA_DIR=" + data,
                "WAYBILL_PORT_OFFSET=" + portOffset, "WAYBILL_NO_TRAINING=1", repository.resolve("demo").toString()));
        command.addAll(List.of(words));
        Shell.Result result = Shell.run(command, COMMAND_BOUND);
        if (!result.succeeded()) {
            throw new IllegalStateException("./demo %s:%n%s".formatted(String.join(" ", words), result.output()));
        }
    }

    @Override
    public void close() {
        demo("stop");
    }
}
