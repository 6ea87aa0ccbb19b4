package dev.waybill.benchmarks.measure;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class DistributionTest {

    /** 1 to 100 ms, the longest first. */
    private final Distribution hundred = Distribution.of(
            LongStream.rangeClosed(1, 100).map(millis -> (101 - millis) * 1_000_000).boxed().toList());

    @Test
    void aShareIsReachedByTheSmallestDurationThatSoManyDoNotExceed() {
        assertThat(hundred.millisAt(0.5)).isEqualTo(50);
        assertThat(hundred.millisAt(0.985)).isEqualTo(99);
        assertThat(hundred.millisAt(0.99)).isEqualTo(99);
        assertThat(hundred.millisAt(1)).isEqualTo(100);
        assertThat(hundred.millisAt(0.001)).isEqualTo(1);
    }

    @Test
    void ofOneDurationEveryShareIsThatOne() {
        assertThat(Distribution.of(List.of(7_000_000L)).millisAt(0.99)).isEqualTo(7);
    }

    @Test
    void whatIsAsLongAsTheBoundIsNotBelowIt() {
        assertThat(hundred.percentBelow(Duration.ofMillis(8))).isEqualTo(7);
    }

    @Test
    void nothingMeasuredIsNoNumber() {
        assertThat(Distribution.of(List.of()).millisAt(0.5)).isNaN();
        assertThat(Distribution.of(List.of()).percentBelow(Duration.ofMillis(8))).isNaN();
    }
}
