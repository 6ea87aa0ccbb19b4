package dev.waybill.console.lag;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** An alert on seconds of lag neither clears nor rings because of a record that could not be read in time. */
class LagMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LagMetrics metrics = new LagMetrics(registry, Clock.systemUTC());

    private void show(@Nullable Duration behind, @Nullable Duration presumed) {
        metrics.show(List.of(new GroupLag("readers", true, "STABLE", List.of(), List.of(new GroupLag.Partition(
                new TopicPartition("payment.commands", 0), 90, 100, behind, presumed)))));
    }

    private List<Double> values(String name) {
        return registry.find(name).gauges().stream().map(gauge -> gauge.value()).toList();
    }

    @Test
    void whileTheRecordCannotBeReadTheSecondsGoOnFromWhatWasKnownLast() {
        show(Duration.ofSeconds(400), Duration.ofSeconds(400));
        assertThat(values("kafka_consumergroup_lag_seconds")).containsExactly(400.0);

        show(null, Duration.ofSeconds(460));
        assertThat(values("kafka_consumergroup_lag_seconds")).containsExactly(460.0);
        assertThat(values("kafka_consumergroup_lag")).containsExactly(10.0);
    }

    @Test
    void whereTheyWereNeverKnownThereIsNoSampleAndNotNought() {
        show(null, null);

        assertThat(values("kafka_consumergroup_lag_seconds")).isEmpty();
        assertThat(values("kafka_consumergroup_lag")).containsExactly(10.0);
    }

    @Test
    void aGroupThatHasNeverJoinedHasMembersAndNoLag() {
        metrics.show(List.of(new GroupLag("readers", true, GroupLag.MISSING, List.of(), List.of())));

        assertThat(values("kafka_consumergroup_members")).containsExactly(0.0);
        assertThat(values("kafka_consumergroup_lag")).isEmpty();
        assertThat(values("kafka_consumergroup_lag_seconds")).isEmpty();
    }
}
