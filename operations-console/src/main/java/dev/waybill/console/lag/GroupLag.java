package dev.waybill.console.lag;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A consumer group at one moment. What could not be found out is not known; it is never nought.
 *
 * @param expected   whether somebody has said that it has to be there
 * @param state      as the broker calls it, {@code MISSING} where it does not know the group
 * @param partitions those of the topics that it has committed an offset of, or that its members read; none where nobody can say what it reads
 */
public record GroupLag(String name, boolean expected, String state, List<Member> members, List<Partition> partitions) {

    static final String MISSING = "MISSING";

    public GroupLag {
        members = List.copyOf(members);
        partitions = List.copyOf(partitions);
    }

    /** @param clientId as the consumer calls itself; several may call themselves the same */
    public record Member(String id, String clientId, String host, List<TopicPartition> partitions) {

        public Member {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * @param committed where the group reads on
     * @param end       where the next record will be written
     * @param behind    how long ago the oldest record that the group has not done with was written; zero if there is none, null where that
     *                  record could not be read in time
     * @param presumed  the same where that is known; else what it was when it was known last, and the time since: null if it never was
     */
    public record Partition(TopicPartition topicPartition, long committed, long end, @Nullable Duration behind,
            @Nullable Duration presumed) {

        public static Partition known(TopicPartition topicPartition, long committed, long end, Duration behind) {
            return new Partition(topicPartition, committed, end, behind, behind);
        }

        /** Not below zero: the two offsets are not read at the same moment. */
        public long lag() {
            return Math.max(0, end - committed);
        }
    }

    /** The same group, as if it read nothing else. */
    public GroupLag ofTopic(String topic) {
        return new GroupLag(name, expected, state, members, partitions.stream()
                .filter(partition -> partition.topicPartition().topic().equals(topic)).toList());
    }

    /** None where it is not known: of a group that has never joined nobody can say what it reads. */
    public OptionalLong lag() {
        return partitions.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(partitions.stream().mapToLong(Partition::lag).sum());
    }

    /** Of its partition that is worst off; null where that of one of them is not known, as it may be that one. */
    public @Nullable Duration behind() {
        if (partitions.isEmpty() || partitions.stream().anyMatch(partition -> partition.behind() == null)) {
            return null;
        }
        return presumed();
    }

    /** The same, as far as it can be told from what was known before; null where nothing ever was. It is for alarm, and not to be shown as known. */
    public @Nullable Duration presumed() {
        return partitions.stream().map(Partition::presumed).filter(Objects::nonNull).max(Duration::compareTo)
                .orElse(null);
    }

    /** Whether nobody reads what it has to read. */
    public boolean isDead() {
        return members.isEmpty();
    }
}
