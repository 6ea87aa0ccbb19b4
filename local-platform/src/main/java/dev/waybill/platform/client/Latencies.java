package dev.waybill.platform.client;

import java.time.Duration;
import java.util.Locale;

/**
 * A histogram of durations whose buckets grow by a sixteenth, so that any percentile is right within some six percent at any
 * scale, in little memory. Safe for many threads.
 */
final class Latencies {

    private static final int BUCKETS_PER_DOUBLING = 16;
    private static final int DOUBLINGS = 32;

    private final long[] counts = new long[BUCKETS_PER_DOUBLING * DOUBLINGS];
    private long total;

    synchronized void record(Duration latency) {
        counts[bucketOf(Math.max(1, latency.toNanos() / 1_000))]++;
        total++;
    }

    /** The duration that so many percent do not exceed, in milliseconds; 0 when there are none. */
    synchronized double percentile(double percent) {
        long rank = (long) Math.ceil((double) total * percent / 100);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank && seen > 0) {
                return upperMicros(bucket) / 1_000;
            }
        }
        return 0;
    }

    /** Such as {@code 12/85 ms}: median and 99th percentile. */
    String summary() {
        return String.format(Locale.ROOT, "%.0f/%.0f ms", percentile(50), percentile(99));
    }

    private static int bucketOf(long micros) {
        int bucket = (int) Math.floor(Math.log((double) micros) / Math.log(2) * BUCKETS_PER_DOUBLING);
        return Math.min(bucket, BUCKETS_PER_DOUBLING * DOUBLINGS - 1);
    }

    private static double upperMicros(int bucket) {
        return Math.pow(2, (double) (bucket + 1) / BUCKETS_PER_DOUBLING);
    }
}
