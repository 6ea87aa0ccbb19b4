package dev.waybill.console.lag;

import dev.waybill.console.Spoken;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A consumer group as the page shows it.
 *
 * @param state   as the broker calls it, in lower case
 * @param lag     in messages; null where it is not known
 * @param behind  null where it is not known
 * @param trouble what is wrong in a few words, empty where nothing is
 * @param note    what is to be known of it, though nothing is wrong with that; empty where nothing is
 * @param rank    those in trouble stand first
 */
record ConsumerView(String name, String state, @Nullable String lag, @Nullable String behind, String trouble,
        String note,
        int rank, Line line, List<MemberView> members, List<PartitionView> partitions) {

    private static final String NOT_KNOWN = "not known";

    /** @param reads its partitions, topic by topic */
    record MemberView(String id, String client, String host, List<String> reads) {}

    /** @param member the client that reads it and where that runs; empty if nobody does */
    record PartitionView(String topic, int partition, long committed, long end, long lag, String behind, Line line,
            String member) {}

    /** @param lines how far each partition was behind */
    static ConsumerView of(GroupLag group, Line line, Function<TopicPartition, Line> lines) {
        String trouble = troubleOf(group);
        List<PartitionView> partitions = group.partitions().stream()
                .map(partition -> new PartitionView(partition.topicPartition().topic(),
                        partition.topicPartition().partition(), partition.committed(), partition.end(),
                        partition.lag(), spoken(partition.behind()), lines.apply(partition.topicPartition()),
                        memberOf(group, partition)))
                .toList();
        String note = trouble.isEmpty() && group.isDead() ? "nobody reads; it need not be there" : "";
        Duration behind = group.behind();
        return new ConsumerView(group.name(), group.state().toLowerCase(Locale.ROOT).replace('_', ' '),
                group.lag().isPresent() ? String.format(Locale.ROOT, "%,d", group.lag().getAsLong()) : null,
                behind == null ? null : Spoken.duration(behind), trouble, note, trouble.isEmpty() ? 1 : 0, line,
                group.members().stream().map(ConsumerView::member).toList(), partitions);
    }

    private static String troubleOf(GroupLag group) {
        if (!group.expected()) {
            return "";
        }
        if (group.state().equals(GroupLag.MISSING)) {
            return "has never joined, or is forgotten";
        }
        return group.isDead() ? "nobody reads" : "";
    }

    private static String memberOf(GroupLag group, GroupLag.Partition partition) {
        return group.members().stream().filter(member -> member.partitions().contains(partition.topicPartition()))
                .map(member -> "%s at %s".formatted(member.clientId(), member.host())).findFirst().orElse("");
    }

    private static MemberView member(GroupLag.Member member) {
        Map<String, List<Integer>> byTopic = member.partitions().stream().collect(Collectors.groupingBy(
                TopicPartition::topic, TreeMap::new,
                Collectors.mapping(TopicPartition::partition, Collectors.toList())));
        return new MemberView(member.id(), member.clientId(), member.host(), byTopic.entrySet().stream()
                .map(topic -> "%s %s".formatted(topic.getKey(), ranges(topic.getValue()))).toList());
    }

    /** {@code 0–5, 8}. */
    private static String ranges(List<Integer> partitions) {
        List<String> ranges = new ArrayList<>();
        List<Integer> sorted = partitions.stream().sorted().toList();
        for (int from = 0; from < sorted.size();) {
            int to = from;
            while (to + 1 < sorted.size() && sorted.get(to + 1) == sorted.get(to) + 1) {
                to++;
            }
            ranges.add(from == to ? sorted.get(from).toString() : "%d–%d".formatted(sorted.get(from), sorted.get(to)));
            from = to + 1;
        }
        return String.join(", ", ranges);
    }

    private static String spoken(@Nullable Duration behind) {
        return behind == null ? NOT_KNOWN : Spoken.duration(behind);
    }
}
