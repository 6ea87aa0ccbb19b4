package dev.waybill.console.lag;

import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private final OldestWaiting oldest = new OldestWaiting();

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

        Map<String, Set<String>> topics = new HashMap<>();
        names.forEach(name -> topics.put(name, topicsOf(committed.getOrDefault(name, Map.of()),
                descriptions.get(name))));
        Set<TopicPartition> partitions = broker.partitions(topics.values().stream().flatMap(Set::stream)
                .collect(Collectors.toSet()));
        Instant asked = clock.instant();
        Map<TopicPartition, Long> ends = broker.ends(partitions);
        // Where a group has not committed anything yet it begins with the oldest record, as the consumers of all our services do.
        Map<TopicPartition, Long> beginnings = broker.beginnings(partitions);

        Map<String, Map<TopicPartition, Long>> positions = new TreeMap<>();
        Set<RecordTimes.Place> waiting = new HashSet<>();
        topics.forEach((group, read) -> {
            Map<TopicPartition, Long> offsets = committed.getOrDefault(group, Map.of());
            Map<TopicPartition, Long> theirs = new TreeMap<>(BY_NAME);
            partitions.stream().filter(partition -> read.contains(partition.topic())).forEach(partition -> {
                long beginning = Objects.requireNonNull(beginnings.get(partition));
                long position = offsets.getOrDefault(partition, beginning);
                theirs.put(partition, position);
                waiting.add(new RecordTimes.Place(partition, Math.max(position, beginning)));
            });
            positions.put(group, theirs);
        });
        waiting.removeIf(place -> place.offset() >= Objects.requireNonNull(ends.get(place.partition())));
        Map<RecordTimes.Place, Instant> written = times.of(waiting);

        names.addAll(expected);
        OldestWaiting.Look look = oldest.look(asked, clock.instant(), written);
        List<GroupLag> groups = names.stream().map(name -> {
            ConsumerGroupDescription description = descriptions.get(name);
            List<GroupLag.Partition> lags = new ArrayList<>();
            positions.getOrDefault(name, Map.of()).forEach((partition, position) -> lags.add(look.of(name, partition,
                    position, Math.max(position, Objects.requireNonNull(beginnings.get(partition))),
                    Objects.requireNonNull(ends.get(partition)))));
            return description == null
                    ? new GroupLag(name, expected.contains(name), GroupLag.MISSING, List.of(), lags)
                    : new GroupLag(name, expected.contains(name), description.groupState().name(),
                            members(description), lags);
        }).toList();
        look.isDone();
        return groups;
    }

    /** Those that it has committed an offset of, and those that its members read though nothing of them is done yet. */
    private static Set<String> topicsOf(Map<TopicPartition, Long> committed,
            @Nullable ConsumerGroupDescription description) {
        Stream<TopicPartition> read = description == null
                ? Stream.of()
                : description.members().stream().flatMap(member -> member.assignment().topicPartitions().stream());
        return Stream.concat(committed.keySet().stream(), read).map(TopicPartition::topic)
                .collect(Collectors.toSet());
    }

    private static List<GroupLag.Member> members(ConsumerGroupDescription description) {
        return description.members().stream()
                .map(member -> new GroupLag.Member(member.consumerId(), member.clientId(),
                        member.host().startsWith("/") ? member.host().substring(1) : member.host(),
                        member.assignment().topicPartitions().stream().sorted(BY_NAME).toList()))
                .sorted(comparing(GroupLag.Member::id)).toList();
    }
}
