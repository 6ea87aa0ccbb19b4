package dev.waybill.benchmarks.audit;

import dev.waybill.benchmarks.measure.Report;
import dev.waybill.benchmarks.platform.DemoPlatform;
import dev.waybill.benchmarks.platform.DemoPlatform.AuditRun;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;

/** Times {@code ./demo audit} against the running platform. An audit that is not green counts as not measured. */
public final class Auditing {

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
        new ManyOrders(platform, out).make(orders);
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
}
