package dev.waybill.console.flow;

import dev.waybill.console.lag.ConsumerLag;
import dev.waybill.console.lag.GroupLag;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** How many messages a second are written to a topic, over the last minute, by where its partitions ended. */
@Component
final class TopicRates {

    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_LOOKS = 120;

    private final Deque<Ends> looks = new ArrayDeque<>();

    private record Ends(Instant at, Map<String, Long> byTopic) {}

    /** A look that was seen before is no other one. */
    synchronized void see(ConsumerLag.Look look) {
        Ends last = looks.peekLast();
        if (look.groups().isEmpty() || (last != null && !look.at().isAfter(last.at()))) {
            return;
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (GroupLag group : look.groups()) {
            group.partitions().forEach(each -> ends.merge(each.topicPartition(), each.end(), Math::max));
        }
        Map<String, Long> byTopic = new HashMap<>();
        ends.forEach((partition, end) -> byTopic.merge(partition.topic(), end, Long::sum));
        looks.addLast(new Ends(look.at(), byTopic));
        looks.removeIf(each -> each.at().isBefore(look.at().minus(WINDOW)));
        if (looks.size() > MOST_LOOKS) {
            looks.removeFirst();
        }
    }

    /** None where it is not known, or where the topic was made anew meanwhile. */
    synchronized OptionalDouble written(String topic) {
        if (looks.size() < 2) {
            return OptionalDouble.empty();
        }
        Ends first = looks.getFirst();
        Ends last = looks.getLast();
        Long from = first.byTopic().get(topic);
        Long to = last.byTopic().get(topic);
        return from == null || to == null || to < from
                ? OptionalDouble.empty()
                : OptionalDouble.of((to - from) * 1000d / Duration.between(first.at(), last.at()).toMillis());
    }

    synchronized int kept() {
        return looks.size();
    }
}
