package dev.waybill.benchmarks.observability;

import dev.waybill.benchmarks.load.Shop;
import dev.waybill.benchmarks.measure.Resident;
import dev.waybill.benchmarks.platform.Contender;
import dev.waybill.benchmarks.platform.Databases;
import dev.waybill.benchmarks.platform.DemoPlatform;
import dev.waybill.platform.process.Shell;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A platform that is watched by everything that there is: every span goes to the console, logs are JSON, the console looks at the broker and
 * serves, and all metrics are read. While it is not its turn nobody watches, and the console is halted, as it would use the machine.
 */
final class Observed implements Contender {

    private static final String CONSOLE = "operations-console";
    private static final int CONSOLE_PORT = 8080;
    private static final List<Integer> SCRAPED = List.of(CONSOLE_PORT, 8081, 8082, 8083, 8084, 8085, 8086);
    /** In which the last spans go out: services send them every five seconds. */
    private static final Duration LAST_SPANS = Duration.ofSeconds(6);

    private final DemoPlatform platform;
    private boolean started;
    private int unread;

    /** @param traced the share of orders whose traces are recorded and sent, from 0 to 1 */
    Observed(Path repository, Path data, int portOffset, String name, double traced) {
        this.platform = new DemoPlatform(repository, data, portOffset, name, Map.of(
                Observing.PARCELS_WAIT, "1", "SPRING_PROFILES_INCLUDE", "json-logs",
                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
                "http://127.0.0.1:%d/v1/traces".formatted(CONSOLE_PORT + portOffset),
                "MANAGEMENT_TRACING_SAMPLING_PROBABILITY", Double.toString(traced)));
    }

    void start() throws IOException, SQLException {
        platform.start();
        started = true;
    }

    @Override
    public Turn turn() {
        signal("CONT");
        var scraping = new Scraping(SCRAPED.stream().map(platform::port).toList());
        return () -> {
            scraping.close();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(LAST_SPANS.toSeconds()));
            signal("STOP");
            unread += scraping.failed();
        };
    }

    private void signal(String name) {
        Shell.run(List.of("kill", "-" + name, Long.toString(console())), Duration.ofSeconds(5));
    }

    private long console() {
        Long process = platform.processes().get(CONSOLE);
        if (process == null) {
            throw new IllegalStateException("The console does not run");
        }
        return process;
    }

    /** So often metrics could not be read in time: nobody is to take for cheap what has not happened. */
    int unread() {
        return unread;
    }

    Resident consolesMemory() {
        return Resident.of(console());
    }

    @Override
    public String name() {
        return platform.name();
    }

    @Override
    public Shop shop() {
        return platform.shop();
    }

    @Override
    public int kafkaPort() {
        return platform.kafkaPort();
    }

    @Override
    public Databases databases() {
        return platform.databases();
    }

    @Override
    public Map<String, Double> cpuMillis() {
        return platform.cpuMillis();
    }

    @Override
    public void close() {
        try {
            // What is halted does not hear that it is to end.
            if (started) {
                signal("CONT");
            }
        } finally {
            platform.close();
        }
    }
}
