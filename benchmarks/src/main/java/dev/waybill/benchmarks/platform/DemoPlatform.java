package dev.waybill.benchmarks.platform;

import dev.waybill.benchmarks.load.RestShop;
import dev.waybill.benchmarks.load.Shop;
import dev.waybill.benchmarks.measure.Cpu;
import dev.waybill.benchmarks.measure.Resident;
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
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The platform as shipped, started and stopped by {@code ./demo}: its own data directory, its own ports. Nothing is changed
 * but that PostgreSQL notes when each transaction was committed.
 */
public final class DemoPlatform implements Contender {

    /**
     * So that nothing but the orders that are counted is in the figures: the carrier's scans come half a minute later, and what it costs to be
     * seen is measured by itself ({@code ./bench observability}).
     */
    public static final Map<String, String> ONLY_WHAT_IS_COUNTED = Map.of("WAYBILL_PARCELS_WAIT", "1",
            "MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "0");

    private static final Duration COMMAND_BOUND = Duration.ofMinutes(8);

    private final Path repository;
    private final Path data;
    private final int portOffset;
    private final String name;
    private final Map<String, String> environment;
    /** By the first start; from then on one program is measured, whatever becomes of its sources. */
    private boolean built;

    public DemoPlatform(Path repository, Path data, int portOffset) {
        this(repository, data, portOffset, "platform", Map.of());
    }

    /** @param environment of all its processes, where it differs from the shipped one */
    public DemoPlatform(Path repository, Path data, int portOffset, String name, Map<String, String> environment) {
        this.repository = repository;
        this.data = data;
        this.portOffset = portOffset;
        this.name = name;
        this.environment = Map.copyOf(environment);
    }

    /** With empty databases, and enough of everything in stock. */
    public void start() throws IOException, SQLException {
        demo("reset");
        Path postgres = data.resolve("postgres");
        new PostgresServer(postgres, port(15432)).prepare();
        Files.writeString(postgres.resolve("data").resolve("postgresql.conf"), "\ntrack_commit_timestamp = on\n",
                StandardOpenOption.APPEND);
        demo("start", "--detach");
        built = true;
        Stock.fillUp(databases());
    }

    /** After it was closed, with what it has kept. */
    public void startAgain() {
        demo("start", "--detach");
    }

    public Path data() {
        return data;
    }

    public int portOffset() {
        return portOffset;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Shop shop() {
        return new RestShop(port(8081));
    }

    /** @param forms the request of the order with this number, from 0 on */
    public Shop shop(IntFunction<String> forms) {
        return new RestShop(port(8081), forms);
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

    /** Ends one of its processes, which is not started again before the platform is. */
    public void doWithout(String process) {
        demo("kill", process, "--for", "86400");
    }

    /** Where it listens that listens there when nothing is moved. */
    public int port(int usual) {
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

    /**
     * An audit, as who calls it has to wait for it.
     *
     * @param peakMebibytes what its largest process had resident at most
     * @param platformCpuSeconds what all the platform's processes have used meanwhile
     */
    public record AuditRun(int exitCode, String output, double seconds, double peakMebibytes, double ownCpuSeconds,
            double platformCpuSeconds) {}

    public AuditRun audit() throws IOException, InterruptedException {
        Path output = Files.createTempFile("audit", ".out");
        try {
            double platformCpu = total(cpuMillis());
            long began = System.nanoTime();
            Process audit = new ProcessBuilder(command("audit")).redirectErrorStream(true)
                    .redirectOutput(output.toFile()).start();
            double cpu = 0;
            double peak = 0;
            while (!audit.waitFor(200, TimeUnit.MILLISECONDS)) {
                cpu = Math.max(cpu, total(Cpu.millisOf(Map.of("audit", audit.pid()))));
                peak = Math.max(peak, audit.descendants().mapToDouble(process -> Resident.of(process.pid()).most())
                        .max().orElse(0));
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            return new AuditRun(audit.exitValue(), Files.readString(output), seconds, peak, cpu / 1e3,
                    (total(cpuMillis()) - platformCpu) / 1e3);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static double total(Map<String, Double> millis) {
        return millis.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("env", "WAYBILL_DATA_DIR=" + data,
                "WAYBILL_PORT_OFFSET=" + portOffset, "WAYBILL_NO_TRAINING=1"));
        environment.forEach((variable, value) -> command.add(variable + "=" + value));
        if (built) {
            command.add("WAYBILL_NO_BUILD=1");
        }
        command.add(repository.resolve("demo").toString());
        command.addAll(List.of(words));
        return command;
    }

    private void demo(String... words) {
        Shell.Result result = Shell.run(command(words), COMMAND_BOUND);
        if (!result.succeeded()) {
            throw new IllegalStateException("./demo %s:%n%s".formatted(String.join(" ", words), result.output()));
        }
    }

    @Override
    public void close() {
        demo("stop");
    }
}
