package dev.waybill.console.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** Reads a quantile off a histogram as Prometheus does: evenly spread within a bucket, and never above the highest bound there is. */
final class Quantile {

    private Quantile() {}

    /**
     * @param q       from 0 to 1
     * @param buckets how many were at most so large; without a bucket for all, or with nothing in it, there is no answer
     */
    static OptionalDouble of(double q, SortedMap<Double, Double> buckets) {
        if (buckets.size() < 2 || buckets.lastKey() != Double.POSITIVE_INFINITY) {
            return OptionalDouble.empty();
        }
        List<Map.Entry<Double, Double>> all = new ArrayList<>(buckets.entrySet());
        double total = all.getLast().getValue();
        if (!(total > 0)) {
            return OptionalDouble.empty();
        }
        double rank = q * total;
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : all.subList(0, all.size() - 1)) {
            // Buckets are not read at the same moment: one may be behind the next smaller.
            double upTo = Math.max(below, bucket.getValue());
            if (upTo >= rank && upTo > below) {
                return OptionalDouble
                        .of(lower + (bucket.getKey() - lower) * Math.max(0, rank - below) / (upTo - below));
            }
            lower = bucket.getKey();
            below = upTo;
        }
        return OptionalDouble.of(lower);
    }
}
