package dev.waybill.benchmarks.relay;

import dev.waybill.benchmarks.measure.Cpu;
import dev.waybill.benchmarks.measure.Report;
import dev.waybill.benchmarks.platform.Databases;
import dev.waybill.benchmarks.servers.Servers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Relays take turns: each gets a full table and is let go. Measured is from the first message on the topic to the last, so
 * that how long a relay takes to notice that it may begin does not count; in the first round, which is not counted, all warm up.
 */
public final class Relaying implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Report report;
    private final PrintStream out;
    private final Servers servers;
    private final Databases databases;
    private final TopicGauge topics;
    private final List<Competitor> competitors = new ArrayList<>();

    /** Starts the servers and everyone who takes part. */
    public Relaying(Path repository, Path directory, Servers servers, Report report, PrintStream out)
            throws IOException, SQLException, InterruptedException {
        this.report = report;
        this.out = out;
        this.servers = servers;
        this.databases = servers.startPostgres("wal_level = logical", "max_wal_size = 4GB");
        int kafka = servers.startKafka();
        this.topics = new TopicGauge(kafka);
        try {
            servers.startService(repository, "order-service", 8081, "orders");
            add(new BareRelay(repository, databases, kafka));
            add(new ServiceRelay(databases, "orders", servers.processes().getOrDefault("order-service", 0L)));
            for (var kind : PeerRelay.Kind.values()) {
                add(new PeerRelay(kind, repository, databases, kafka, directory));
            }
        } catch (IOException | SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void add(Competitor competitor) throws InterruptedException {
        competitors.add(competitor);
        topics.make(competitor.topic());
        out.println(competitor.name() + " is ready");
    }

    /**
     * All of them, so often.
     *
     * @param rows of each round
     * @param slowRows the same for those that send message by message
     */
    public void run(int rounds, int rows, int slowRows) throws IOException, SQLException, InterruptedException {
        report.condition("rows", "%d; of transaction-outbox and modulith %d".formatted(rows, slowRows));
        for (int round = 0; round <= rounds; round++) {
            for (Competitor competitor : competitors) {
                boolean slow = competitor.name().equals("transaction-outbox") || competitor.name().equals("modulith");
                measure(competitor, slow ? slowRows : rows, round);
            }
        }
    }

    private void measure(Competitor competitor, int rows, int round)
            throws IOException, SQLException, InterruptedException {
        competitor.fill(rows);
        Backlog.execute(databases, "postgres", "checkpoint");
        long before = topics.records(competitor.topic());
        Map<String, Double> cpuBefore = cpu(competitor);
        competitor.go();
        long giveUp = System.nanoTime() + BOUND.toNanos();
        long firstCount = 0;
        long firstAt = 0;
        long count = 0;
        while (count < rows && System.nanoTime() < giveUp) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            count = topics.records(competitor.topic()) - before;
            if (firstAt == 0 && count > 0) {
                firstAt = System.nanoTime();
                firstCount = count;
            }
        }
        double seconds = (System.nanoTime() - firstAt) / 1e9;
        Map<String, Double> cpuAfter = cpu(competitor);
        competitor.stop();
        double rate = count > firstCount ? (count - firstCount) / seconds : Double.NaN;
        out.println("round %d: %s sent %d of %d in %.2f s, %.0f/s".formatted(round, competitor.name(), count, rows,
                seconds, rate));
        if (round > 0) {
            report.add(competitor.name(), "events/s", rate);
            double used = cpuAfter.entrySet().stream()
                    .mapToDouble(process -> process.getValue() - cpuBefore.getOrDefault(process.getKey(), 0.0)).sum();
            report.add(competitor.name(), "CPU ms per 1,000 events, relay, PostgreSQL and Kafka", used * 1000 / count);
        }
    }

    private Map<String, Double> cpu(Competitor competitor) {
        Map<String, Long> processes = new HashMap<>(servers.processes());
        processes.keySet().retainAll(List.of("postgres", "kafka"));
        processes.put("relay", competitor.process());
        return Cpu.millisOf(processes);
    }

    @Override
    public void close() {
        competitors.forEach(Competitor::close);
        topics.close();
    }
}
