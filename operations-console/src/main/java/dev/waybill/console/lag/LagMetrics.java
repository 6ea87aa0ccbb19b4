package dev.waybill.console.lag;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The lag under the names of the well-known kafka_exporter, so that dashboards made for it work unchanged; in seconds too, which it does not
 * have. A group that is expected and not there has no lag that anybody could know, and says so by its members: 0.
 *
 * <p>Where the record that tells the seconds could not be read in time, they are those that were known last and the time since. An alert must not
 * clear because the broker is slow: 0 would clear it, and so would a sample that is missing. It may go on for a little too long where the group
 * catches up just then. Only where nothing was ever known the sample is left out; there is no alert yet that it could clear.
 */
@Component
class LagMetrics {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, MultiGauge> gauges = new HashMap<>();

    LagMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** For an alert on an exporter that looks no more: what it shows is as old as that. */
    void tellHowOld(Supplier<Instant> looked) {
        Gauge.builder("kafka_consumergroup_look_age_seconds",
                () -> Duration.between(looked.get(), clock.instant()).toMillis() / 1000d)
                .description("How long ago the broker was last asked how far consumers are behind").register(registry);
    }

    void show(List<GroupLag> groups) {
        List<Row<?>> members = new ArrayList<>();
        List<Row<?>> expected = new ArrayList<>();
        List<Row<?>> lag = new ArrayList<>();
        List<Row<?>> seconds = new ArrayList<>();
        List<Row<?>> offsets = new ArrayList<>();
        Map<Tags, Row<?>> ends = new HashMap<>();
        for (GroupLag group : groups) {
            Tags byGroup = Tags.of("consumergroup", group.name());
            members.add(Row.of(byGroup, group.members().size()));
            expected.add(Row.of(byGroup, group.expected() ? 1 : 0));
            for (GroupLag.Partition partition : group.partitions()) {
                Tags place = Tags.of("topic", partition.topicPartition().topic(), "partition",
                        Integer.toString(partition.topicPartition().partition()));
                Tags all = byGroup.and(place);
                lag.add(Row.of(all, partition.lag()));
                Duration behind = partition.presumed();
                if (behind != null) {
                    seconds.add(Row.of(all, behind.toMillis() / 1000d));
                }
                offsets.add(Row.of(all, partition.committed()));
                ends.put(place, Row.of(place, partition.end()));
            }
        }
        show("kafka_consumergroup_members", "Members of the consumer group", members);
        show("kafka_consumergroup_expected", "1 for a consumer group that has to be there", expected);
        show("kafka_consumergroup_lag", "Records of the partition that the group has not done with", lag);
        show("kafka_consumergroup_lag_seconds",
                "How long ago the oldest record was written that the group has not done with; 0 without lag", seconds);
        show("kafka_consumergroup_current_offset", "Where the group reads on", offsets);
        show("kafka_topic_partition_current_offset", "Where the next record will be written",
                new ArrayList<>(ends.values()));
    }

    private void show(String name, String description, List<Row<?>> rows) {
        gauges.computeIfAbsent(name, made -> MultiGauge.builder(made).description(description).register(registry))
                .register(rows, true);
    }
}
