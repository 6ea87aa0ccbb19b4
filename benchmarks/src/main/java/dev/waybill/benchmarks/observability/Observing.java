package dev.waybill.benchmarks.observability;

import dev.waybill.benchmarks.measure.Report;
import dev.waybill.benchmarks.platform.DemoPlatform;
import dev.waybill.benchmarks.platform.Fulfilling;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Three platforms on one machine that fulfill orders in turn, as many as they can: one is watched by everything, one by everything but traces, and one
 * by nobody.
 */
public final class Observing implements AutoCloseable {

    private static final String WITH = "with";
    private static final String UNTRACED = "without traces";
    private static final String WITHOUT = "without";
    /** Scans that come half a minute later would be work of one in the other's turn. */
    static final String PARCELS_WAIT = "WAYBILL_PARCELS_WAIT";
    private static final int BETWEEN_PORTS = 100;
    private static final String CONSOLE = "operations-console";

    /** The figures that say what it costs. */
    private static final List<String> COSTS = List.of("full load: orders/s, placed to confirmed",
            "full load: CPU ms per order, all processes");

    private final Observed watched;
    private final Observed untraced;
    private final DemoPlatform unwatched;

    public Observing(Path repository, Path directory, int portOffset) {
        this.watched = new Observed(repository, directory.resolve("watched"), portOffset, WITH, 1);
        this.untraced = new Observed(repository, directory.resolve("untraced"), portOffset + 2 * BETWEEN_PORTS,
                UNTRACED, 0);
        // Without console, spans, metrics, and lines of logs that tell no trouble.
        this.unwatched = new DemoPlatform(repository, directory.resolve("unwatched"), portOffset + BETWEEN_PORTS,
                WITHOUT, Map.of(PARCELS_WAIT, "1", "MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "0",
                        "MANAGEMENT_TRACING_EXPORT_ENABLED", "false", "MANAGEMENT_METRICS_ENABLE_ALL", "false",
                        "LOGGING_LEVEL_ROOT", "warn"));
    }

    public void run(Fulfilling.Plan plan, Report report, PrintStream out)
            throws IOException, SQLException, InterruptedException {
        out.println("The platform that is watched starts");
        watched.start();
        out.println("The one that is watched but for its traces starts");
        untraced.start();
        out.println("The one that is not watched starts");
        unwatched.start();
        unwatched.doWithout(CONSOLE);
        new Fulfilling(List.of(watched, untraced, unwatched), plan, report, out).run();
        report.compare(WITH, WITHOUT);
        for (String figure : COSTS) {
            for (String other : List.of(WITH, UNTRACED)) {
                report.condition("%s / without, round by round, %s".formatted(other, figure),
                        report.ratios(figure, other, WITHOUT));
            }
        }
        report.condition("metrics that could not be read in time, of one process once",
                watched.unread() + untraced.unread());
        report.condition("the console's memory at most, MiB", Math.round(watched.consolesMemory().most()));
    }

    @Override
    public void close() {
        try (unwatched; untraced) {
            watched.close();
        }
    }
}
