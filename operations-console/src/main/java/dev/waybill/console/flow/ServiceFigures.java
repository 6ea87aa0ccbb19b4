package dev.waybill.console.flow;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What one service has told of late. While it is silent nothing is known of it, and nothing that it once said is shown as if it were so now.
 * Behind its address there may be several processes that answer in turn. Each is known by when it began: what it counts is compared with
 * what it itself had counted, and what only one of them can say is taken from whichever said it lately.
 */
final class ServiceFigures {

    static final Duration RATES = Duration.ofMinutes(1);
    static final Duration QUANTILES = Duration.ofMinutes(5);
    /** A process that has not answered for so long may be gone. */
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int MOST_PROCESSES = 12;

    private final String name;
    private final Increases increases = new Increases();
    private final SequencedMap<Double, Told> processes = new LinkedHashMap<>();
    private @Nullable Told latest;
    private @Nullable Silence silence;
    private @Nullable Instant lastLed;

    ServiceFigures(String name) {
        this.name = name;
    }

    private record Told(Instant at, Reading reading) {}

    /** @param why in words that follow the service's name */
    record Silence(Instant since, String why) {}

    String name() {
        return name;
    }

    synchronized void told(Instant at, Reading reading) {
        double process = reading.value(Series.of(Metric.PROCESS_START)).orElse(0);
        Told before = processes.remove(process);
        Told last = latest;
        if (before != null) {
            increases.add(before.at(), at, before.reading().values(), reading.values());
        } else if (last != null && process * 1000 >= last.at().toEpochMilli()) {
            // It has begun since: all that it has counted is new.
            increases.add(last.at(), at, Map.of(), reading.values());
        }
        processes.putLast(process, new Told(at, reading));
        if (processes.size() > MOST_PROCESSES) {
            processes.pollFirstEntry();
        }
        if (lastLed == null || reading.value(Series.of(Metric.OUTBOX_LEADER)).orElse(1) >= 1) {
            lastLed = at;
        }
        latest = new Told(at, reading);
        silence = null;
    }

    synchronized void silent(Instant at, String why) {
        Silence before = silence;
        silence = new Silence(before == null ? at : before.since(), why);
    }

    /** Null while it answers, and before it was ever asked. */
    synchronized @Nullable Silence silence() {
        return silence;
    }

    synchronized boolean isAsked() {
        return latest != null || silence != null;
    }

    /** Whether it has told what is so now. */
    synchronized boolean isKnown() {
        return latest != null && silence == null;
    }

    OptionalDouble gauge(Metric metric) {
        return gauge(metric, "");
    }

    synchronized OptionalDouble gauge(Metric metric, String of) {
        return latest == null || silence != null
                ? OptionalDouble.empty()
                : latest.reading().value(Series.of(metric, of));
    }

    /** By what they are told apart by. */
    synchronized Map<String, Double> gauges(Metric metric) {
        return latest == null || silence != null ? Map.of() : latest.reading().all(metric);
    }

    /** The greatest that any of its processes has told lately: for what each knows of itself only. */
    synchronized Map<String, Double> gaugesOfAny(Metric metric) {
        Map<String, Double> greatest = new TreeMap<>();
        if (latest != null && silence == null) {
            Instant since = latest.at().minus(FRESH);
            processes.values().stream().filter(told -> told.at().isAfter(since)).forEach(
                    told -> told.reading().all(metric).forEach((of, value) -> greatest.merge(of, value, Math::max)));
        }
        return greatest;
    }

    /** For how long no process of it has said that it publishes. */
    synchronized Duration withoutLeader() {
        return latest == null || silence != null || lastLed == null
                ? Duration.ZERO
                : Duration.between(lastLed, latest.at());
    }

    /** A second, over the last minute. A counter that is not there has not counted anything yet. */
    synchronized OptionalDouble rate(Metric metric) {
        Duration covered = increases.covered(RATES);
        return silence != null || covered.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of(increases.grown(Series.of(metric), RATES) / (covered.toMillis() / 1000d));
    }

    /** By how much it has grown; nothing where less of the time is known. */
    OptionalDouble grown(Metric metric, String of, Duration window) {
        return grown(metric, of, window, Duration.ZERO);
    }

    /** The same, as it was so long before the last look. */
    synchronized OptionalDouble grown(Metric metric, String of, Duration window, Duration ago) {
        Duration wanted = window.plus(ago);
        return silence != null || increases.covered(wanted).compareTo(wanted) < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(increases.grown(Series.of(metric, of), window, ago));
    }

    /** By how much it has grown within what is known of the time. */
    synchronized double grownSoFar(Metric metric, String of, Duration window) {
        return silence != null ? 0 : increases.grown(Series.of(metric, of), window);
    }

    /** In seconds, of what was measured in the last minutes; none where nothing was, or where the service has no buckets. */
    synchronized OptionalDouble quantile(double q, Metric histogram, Predicate<String> of) {
        if (latest == null || silence != null) {
            return OptionalDouble.empty();
        }
        SortedMap<Double, Double> buckets = new TreeMap<>();
        latest.reading().values().keySet().stream()
                .filter(series -> series.metric() == histogram && of.test(series.of()))
                .forEach(series -> buckets.merge(series.bound(), increases.grown(series, QUANTILES), Double::sum));
        return Quantile.of(q, buckets);
    }

    /** How much is kept, in slots and processes. */
    synchronized int kept() {
        return increases.slots() + processes.size();
    }
}
