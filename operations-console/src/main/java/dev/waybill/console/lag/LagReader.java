package dev.waybill.console.lag;

import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static java.util.Comparator.comparing;

/**
 * Puts together what the broker knows: for each group, where it reads on and where its topics end. Committed offsets stay when all members
 * have gone, so a dead group's lag goes on growing here.
 */
@Component
class LagReader {

    private static final Comparator<TopicPartition> BY_NAME = comparing(TopicPartition::topic)
            .thenComparingInt(TopicPartition::partition);

    private final Broker broker;
    private final RecordTimes times;
    private final Set<String> expected;
    private final Clock clock;

    LagReader(Broker broker, RecordTimes times, ConsumerSettings settings, Clock clock) {
        this.broker = broker;
        this.times = times;
        this.expected = new TreeSet<>(settings.expected());
        this.clock = clock;
    }

    /** All groups by name: those that the broker knows, and those that have to be there. */
    List<GroupLag> read() {
        Set<String> names = new TreeSet<>(broker.groups());
        Map<String, Map<TopicPartition, Long>> committed = broker.committed(names);
        Map<String, ConsumerGroupDescription> descriptions = broker.descriptions(names);

        Set<String> topics = new HashSet<>();
        committed.values().forEach(offsets -> offsets.keySet().forEach(partition -> topics.add(partition.topic())));
        Set<TopicPartition> partitions = broker.partitions(topics);
        Map<TopicPartition, Long> ends = broker.ends(partitions);
        // Where a group has not committed anything yet it begins with the oldest record.
        Map<TopicPartition, Long> beginnings = broker.beginnings(partitions);

        Map<String, Map<TopicPartition, Long>> positions = new TreeMap<>();
        Set<RecordTimes.Place> waiting = new HashSet<>();
        committed.forEach((group, offsets) -> {
            Map<TopicPartition, Long> theirs = new TreeMap<>(BY_NAME);
            Set<String> read = topicsOf(offsets.keySet());
            partitions.stream().filter(partition -> read.contains(partition.topic())).forEach(partition -> {
                long position = offsets.getOrDefault(partition, Objects.requireNonNull(beginnings.get(partition)));
                theirs.put(partition, position);
                if (position < Objects.requireNonNull(ends.get(partition))) {
                    waiting.add(new RecordTimes.Place(partition, position));
                }
            });
            positions.put(group, theirs);
        });
        Map<RecordTimes.Place, Instant> written = times.of(waiting);

        names.addAll(expected);
        Instant now = clock.instant();
        return names.stream().map(name -> {
            ConsumerGroupDescription description = descriptions.get(name);
            List<GroupLag.Partition> lags = new ArrayList<>();
            positions.getOrDefault(name, Map.of()).forEach((partition, position) -> {
                Instant oldest = written.get(new RecordTimes.Place(partition, position));
                lags.add(new GroupLag.Partition(partition, position, Objects.requireNonNull(ends.get(partition)),
                        oldest == null ? Duration.ZERO : sinceThen(oldest, now)));
            });
            return new GroupLag(name, expected.contains(name),
                    description == null
                            ? GroupLag.MISSING
                            : description.groupState().toString().toUpperCase(
                                    Locale.ROOT),
                    description == null ? List.of() : members(description), lags);
        }).toList();
    }

    private static Duration sinceThen(Instant then, Instant now) {
        return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
    }

    private static Set<String> topicsOf(Collection<TopicPartition> partitions) {
        Set<String> topics = new HashSet<>();
        partitions.forEach(partition -> topics.add(partition.topic()));
        return topics;
    }

    private static List<GroupLag.Member> members(ConsumerGroupDescription description) {
        return description.members().stream().map(member -> new GroupLag.Member(member.consumerId(), member.host(),
                member.assignment().topicPartitions().stream().sorted(BY_NAME).toList()))
                .sorted(comparing(GroupLag.Member::id)).toList();
    }
}
