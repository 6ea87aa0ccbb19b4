package dev.waybill.benchmarks.audit;

import dev.waybill.benchmarks.load.Load;
import dev.waybill.benchmarks.load.OrderForms;
import dev.waybill.benchmarks.load.Places;
import dev.waybill.benchmarks.measure.Report;
import dev.waybill.benchmarks.platform.DemoPlatform;
import dev.waybill.benchmarks.platform.DemoPlatform.AuditRun;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Times {@code ./demo audit} against the running platform. An audit that is not green counts as not measured. */
public final class Auditing {

    private static final int PLACED = 500;
    private static final int PER_SECOND = 20;
    private static final int CUSTOMERS = 8;
    /** The carrier's parcels arrive a minute after they were sent off. */
    private static final Duration ENDED_WITHIN = Duration.ofMinutes(6);
    private static final Set<String> ARRIVED = Set.of("DELIVERED", "CANCELLED");
    private static final String CONTENDER = "auditor";

    private final DemoPlatform platform;
    private final Report report;
    private final PrintStream out;

    public Auditing(DemoPlatform platform, Report report, PrintStream out) {
        this.platform = platform;
        this.report = report;
        this.out = out;
    }

    /** @param orders at least so many */
    public void run(int orders, int rounds) throws IOException, SQLException, InterruptedException {
        int placed = Math.min(orders, PLACED);
        int times = Math.ceilDiv(orders, placed);
        out.println("%d orders of all kinds are placed".formatted(placed));
        new Load(platform.shop(OrderForms::ofAllKinds), Places.ENOUGH, CUSTOMERS)
                .steady(PER_SECOND, Duration.ofSeconds(Math.ceilDiv(placed, PER_SECOND))).orThrow();
        awaitEnd();
        out.println("Each is multiplied by %d".formatted(times));
        new Multiplication(platform, times - 1).run();
        report.condition("orders", platform.databases().number("orders", "select count(*) from orders"));
        report.condition("rounds", rounds);
        for (int round = 1; round <= rounds; round++) {
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            AuditRun run = platform.audit();
            out.println("round %d: %.1f s%n%s".formatted(round, run.seconds(), run.output().indent(4)));
            if (run.exitCode() != 0) {
                throw new IllegalStateException("The audit is not green");
            }
            report.add(CONTENDER, "./demo audit, s", run.seconds());
            report.add(CONTENDER, "resident memory of the auditor, at most, MiB", run.peakMebibytes());
            report.add(CONTENDER, "CPU of the auditor, s", run.ownCpuSeconds());
            report.add(CONTENDER, "CPU of the platform meanwhile, s", run.platformCpuSeconds());
            report.add(CONTENDER, "load of the machine in the minute before", load);
        }
    }

    /** Until nothing is to be done for any order, by nobody. */
    private void awaitEnd() throws IOException, SQLException, InterruptedException {
        long giveUp = System.nanoTime() + ENDED_WITHIN.toNanos();
        while (!hasEnded()) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("The orders have not come to their end");
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private boolean hasEnded() throws IOException, SQLException, InterruptedException {
        return platform.databases().number("orders", "select count(*) from orders where status = 'PENDING'") == 0
                && platform.databases().number("saga",
                        "select count(*) from saga where status not in ('COMPLETED', 'COMPENSATED')") == 0
                && platform.databases().number("payments", "select count(*) from outside_call") == 0
                && platform.databases().number("shipping", "select count(*) from outside_call") == 0
                && JsonMapper.shared().readTree(shipments()).path("items").valueStream()
                        .allMatch(parcel -> ARRIVED.contains(parcel.path("status").asString()));
    }

    private String shipments() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:%d/carrier/shipments".formatted(platform.simulators().port()));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }
}
