package dev.waybill.console.lag;

import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.List;

/**
 * A consumer group at one moment.
 *
 * @param expected   whether somebody has said that it has to be there
 * @param state      as the broker calls it, {@code MISSING} where it does not know the group
 * @param partitions those that it has committed an offset of, or reads the topics of
 */
public record GroupLag(String name, boolean expected, String state, List<Member> members, List<Partition> partitions) {

    static final String MISSING = "MISSING";

    public GroupLag {
        members = List.copyOf(members);
        partitions = List.copyOf(partitions);
    }

    public record Member(String id, String host, List<TopicPartition> partitions) {}

    /**
     * @param committed where the group reads on
     * @param end       where the next record will be written
     * @param behind    how long ago the oldest record that the group has not done with was written; zero if there is none
     */
    public record Partition(TopicPartition topicPartition, long committed, long end, Duration behind) {

        /** Not below zero: the two offsets are not read at the same moment. */
        public long lag() {
            return Math.max(0, end - committed);
        }
    }

    public long lag() {
        return partitions.stream().mapToLong(Partition::lag).sum();
    }

    /** Of its partition that is worst off. */
    public Duration behind() {
        return partitions.stream().map(Partition::behind).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Whether nobody reads what it has to read. */
    public boolean isDead() {
        return members.isEmpty();
    }
}
