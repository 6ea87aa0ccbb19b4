package dev.waybill.benchmarks.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/** Durations of one kind, and where they lie. */
public final class Distribution {

    private final long[] sorted;

    private Distribution(long[] sorted) {
        this.sorted = sorted;
    }

    /** In nanoseconds. */
    public static Distribution of(Collection<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Distribution(sorted);
    }

    public int count() {
        return sorted.length;
    }

    /**
     * The smallest duration that so large a share of all does not exceed, in milliseconds.
     *
     * @param share above 0, at most 1
     * @return not a number where nothing was measured
     */
    public double millisAt(double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }

    /** Which share of all lies below a duration, in percent; not a number where nothing was measured. */
    public double percentBelow(Duration bound) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return 100.0 * Arrays.stream(sorted).filter(nanos -> nanos < bound.toNanos()).count() / sorted.length;
    }
}
