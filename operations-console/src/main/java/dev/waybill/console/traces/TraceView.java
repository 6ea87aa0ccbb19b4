package dev.waybill.console.traces;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A trace as the page shows it.
 *
 * @param began in UTC
 * @param left  how many spans are not shown
 */
record TraceView(String trace, String began, String took, boolean failed, List<ServiceView> services,
        List<RowView> rows, int left) {

    private static final DateTimeFormatter BEGAN = DateTimeFormatter
            .ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int COLOURS = 8;
    private static final int DEEPEST = 16;
    private static final double NANOS_PER_MILLI = 1e6;

    record ServiceView(String name, String colour) {}

    /** @param note what is odd about it; empty where nothing is */
    record RowView(String service, String name, String kind, String colour, String indent, String after, String took,
            int x, int width, String error, String note) {}

    static TraceView of(Waterfall waterfall) {
        List<String> names = waterfall.services();
        return new TraceView(waterfall.trace(),
                BEGAN.format(Instant.EPOCH.plusNanos(waterfall.from())),
                spoken(waterfall.until() - waterfall.from()), waterfall.hasFailed(),
                IntStream.range(0, names.size()).mapToObj(n -> new ServiceView(names.get(n), colour(n))).toList(),
                waterfall.rows().stream().map(TraceView::row).toList(), waterfall.left());
    }

    private static RowView row(Waterfall.Row row) {
        Span span = row.span();
        return new RowView(span.service(), span.name(), span.kind().toLowerCase(Locale.ROOT), colour(row.colour()),
                "depth-" + Math.min(row.depth(), DEEPEST), "+" + spoken(row.after()), spoken(row.took()),
                row.x(), row.width(), span.error(), note(row));
    }

    private static String note(Waterfall.Row row) {
        if (row.orphan()) {
            return "what caused it is not here";
        }
        return row.moved() > 0 ? "its clock is put forward by " + spoken(row.moved()) : "";
    }

    private static String colour(int place) {
        return "service-" + place % COLOURS;
    }

    /** {@code 0.4 ms}, {@code 12 ms}, {@code 1.25 s}. */
    static String spoken(long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        if (millis < 10) {
            return "%.1f ms".formatted(millis);
        } else if (millis < 1_000) {
            return "%.0f ms".formatted(millis);
        } else if (millis < 60_000) {
            return "%.2f s".formatted(millis / 1_000);
        }
        Duration duration = Duration.ofNanos(nanos);
        return "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
}
