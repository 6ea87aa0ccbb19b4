package dev.waybill.console.flow;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What one look at a service has found of what the map is made of. Counters that are not told apart are added up, of gauges the greatest counts. */
record Reading(Map<Series, Double> values) {

    /** Ten times what a service gives that is asked for nothing in particular. */
    private static final int MOST_BYTES = 2 * 1024 * 1024;
    /** Three times what the orchestrator has, which has most. */
    static final int MOST_SERIES = 1_000;

    Reading {
        values = Map.copyOf(values);
    }

    /** @throws UnreadableMetricsException where they are not metrics, or too many */
    static Reading of(InputStream metrics) throws IOException {
        Map<Series, Double> values = new HashMap<>();
        PrometheusText.read(metrics, MOST_BYTES, Metric::isWanted, sample -> {
            for (Metric metric : Metric.of(sample)) {
                values.merge(metric.series(sample), sample.value(), metric.isCounter() ? Double::sum : Math::max);
                if (values.size() > MOST_SERIES) {
                    throw new UnreadableMetricsException("More series than are kept");
                }
            }
        });
        return new Reading(values);
    }

    OptionalDouble value(Series series) {
        Double value = values.get(series);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** By what it is told apart by. */
    Map<String, Double> all(Metric metric) {
        Map<String, Double> all = new TreeMap<>();
        values.forEach((series, value) -> {
            if (series.metric() == metric) {
                all.put(series.of(), value);
            }
        });
        return all;
    }
}
