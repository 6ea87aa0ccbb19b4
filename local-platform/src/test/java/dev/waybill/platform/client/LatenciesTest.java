package dev.waybill.platform.client;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void percentilesAreRightWithinAFewPercent() {
        for (int millis = 1; millis <= 1_000; millis++) {
            latencies.record(Duration.ofMillis(millis));
        }

        assertThat(latencies.percentile(50)).isCloseTo(500, within(500 * 0.07));
        assertThat(latencies.percentile(99)).isCloseTo(990, within(990 * 0.07));
    }

    @Test
    void oneSlowAnswerInAHundredShowsInThe99thPercentileOnlyBeyondIt() {
        for (int i = 0; i < 199; i++) {
            latencies.record(Duration.ofMillis(1));
        }
        latencies.record(Duration.ofSeconds(10));

        assertThat(latencies.percentile(99)).isLessThan(2);
        assertThat(latencies.percentile(100)).isGreaterThan(9_000);
    }

    @Test
    void nothingRecordedIsNoTime() {
        assertThat(latencies.summary()).isEqualTo("0/0 ms");
    }

    @Test
    void extremesHaveTheirPlace() {
        latencies.record(Duration.ZERO);
        latencies.record(Duration.ofHours(2));

        assertThat(latencies.percentile(1)).isLessThan(0.01);
        assertThat(latencies.percentile(100)).isGreaterThan(3_600_000);
    }
}
