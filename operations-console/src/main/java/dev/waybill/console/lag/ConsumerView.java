package dev.waybill.console.lag;

import dev.waybill.console.Spoken;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A consumer group as the page shows it.
 *
 * @param trouble what is wrong in a few words, empty where nothing is
 * @param rank    those in trouble stand first
 * @param picture the points of a line, in a field of {@value #WIDTH} by {@value #HEIGHT}
 */
record ConsumerView(String name, String state, int members, long lag, String behind, String trouble, int rank,
        String picture, List<PartitionView> partitions) {

    static final int WIDTH = 120;
    static final int HEIGHT = 24;

    record PartitionView(String topic, int partition, long committed, long end, long lag, String behind,
            String member) {}

    static ConsumerView of(GroupLag group, List<LagHistory.Sample> samples) {
        String trouble = troubleOf(group);
        List<PartitionView> partitions = group.partitions().stream()
                .map(partition -> new PartitionView(partition.topicPartition().topic(),
                        partition.topicPartition().partition(), partition.committed(), partition.end(),
                        partition.lag(), Spoken.duration(partition.behind()), memberOf(group, partition)))
                .toList();
        return new ConsumerView(group.name(), group.state(), group.members().size(), group.lag(),
                Spoken.duration(group.behind()), trouble, trouble.isEmpty() ? 1 : 0, line(samples), partitions);
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
                .map(GroupLag.Member::host).findFirst().orElse("");
    }

    /** Where nothing was behind it is one and the same line, whatever the time. */
    private static String line(List<LagHistory.Sample> samples) {
        if (!samples.isEmpty() && samples.stream().allMatch(sample -> sample.lag() == 0)) {
            return "0.0,%1$d.0 %2$d.0,%1$d.0".formatted(HEIGHT - 1, WIDTH);
        }
        long most = Math.max(1, samples.stream().mapToLong(LagHistory.Sample::lag).max().orElse(1));
        double step = samples.size() < 2 ? 0 : (double) WIDTH / (samples.size() - 1);
        return IntStream.range(0, samples.size())
                .mapToObj(n -> "%.1f,%.1f".formatted(n * step,
                        HEIGHT - (double) samples.get(n).lag() / most * (HEIGHT - 2) - 1))
                .collect(Collectors.joining(" "));
    }
}
