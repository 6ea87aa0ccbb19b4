package dev.waybill.console.flow;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The values are those that Prometheus' histogram_quantile gives for the same buckets. */
class QuantileTest {

    private static final double ALL = Double.POSITIVE_INFINITY;

    private static OptionalDouble of(double q, Map<Double, Double> buckets) {
        return Quantile.of(q, new TreeMap<>(buckets));
    }

    @Test
    void withinABucketItIsAsIfAllWereEvenlySpread() {
        Map<Double, Double> buckets = Map.of(0.1, 0.0, 0.5, 50.0, 1.0, 90.0, ALL, 100.0);

        assertThat(of(0.25, buckets).orElseThrow()).isEqualTo(0.3, within(1e-9));
        assertThat(of(0.5, buckets).orElseThrow()).isEqualTo(0.5, within(1e-9));
        assertThat(of(0.7, buckets).orElseThrow()).isEqualTo(0.75, within(1e-9));
    }

    @Test
    void theFirstBucketBeginsAtNought() {
        assertThat(of(0.5, Map.of(0.1, 10.0, ALL, 10.0)).orElseThrow()).isEqualTo(0.05, within(1e-9));
    }

    @Test
    void whatIsBeyondAllBoundsIsAtTheHighestOne() {
        assertThat(of(0.99, Map.of(0.1, 1.0, 0.5, 2.0, ALL, 100.0))).hasValue(0.5);
    }

    @Test
    void aBucketThatWasReadBeforeItsNeighboursIsTakenAsFull() {
        assertThat(of(0.5, Map.of(0.1, 10.0, 0.5, 9.0, 1.0, 20.0, ALL, 20.0)).orElseThrow()).isEqualTo(0.1,
                within(1e-9));
    }

    @Test
    void withoutBucketsOrWithNothingInThemThereIsNone() {
        assertThat(of(0.5, Map.of())).isEmpty();
        assertThat(of(0.5, Map.of(ALL, 10.0))).isEmpty();
        assertThat(of(0.5, Map.of(0.1, 10.0, 0.5, 20.0))).isEmpty();
        assertThat(of(0.5, Map.of(0.1, 0.0, ALL, 0.0))).isEmpty();
    }
}
