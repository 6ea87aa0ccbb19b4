package dev.waybill.console.lag;

import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * For how long the oldest record waits that a group has not done with. A record that could not be read in time has an age all the same, which
 * nobody knows: it is not told as nought. But it cannot be older than the time since the last one that is known of, if the group has not gone
 * back since: what was written later stands behind it. By that an alarm goes on while the broker is slow, and does not fall silent because
 * of it.
 */
final class OldestWaiting {

    private Map<Reader, Known> last = Map.of();

    private record Reader(String group, TopicPartition partition) {}

    /**
     * @param since nothing that the group had not done with was older, when it read on there
     * @param end   of the partition at the last look
     * @param asked when that was asked: what stands behind it was written later
     */
    private record Known(long position, Instant since, long end, Instant asked) {}

    /** What was known before, and what becomes known in one look. */
    final class Look {

        private final Instant asked;
        private final Instant now;
        private final Map<RecordTimes.Place, Instant> written;
        private final Map<Reader, Known> known = new HashMap<>();

        private Look(Instant asked, Instant now, Map<RecordTimes.Place, Instant> written) {
            this.asked = asked;
            this.now = now;
            this.written = written;
        }

        /**
         * @param position where the group reads on
         * @param first    the same, or behind it, where what stood there has expired: then nothing may be left that waits
         */
        GroupLag.Partition of(String group, TopicPartition partition, long position, long first, long end) {
            var reader = new Reader(group, partition);
            if (first >= end) {
                known.put(reader, new Known(position, asked, end, asked));
                return GroupLag.Partition.known(partition, position, end, Duration.ZERO);
            }
            Instant oldest = written.get(new RecordTimes.Place(partition, first));
            if (oldest != null) {
                known.put(reader, new Known(position, oldest, end, asked));
                return GroupLag.Partition.known(partition, position, end, since(oldest));
            }
            Known before = last.get(reader);
            if (before == null || before.position() > position) {
                return new GroupLag.Partition(partition, position, end, null, null);
            }
            // A group that has done with all that was there then is not behind by more than the time since, however long nothing is read.
            Instant since = position >= before.end() ? before.asked() : before.since();
            known.put(reader, new Known(position, since, end, asked));
            return new GroupLag.Partition(partition, position, end, null, since(since));
        }

        private Duration since(Instant then) {
            return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
        }

        /** What the next look begins with. Groups that have gone are forgotten. */
        void isDone() {
            last = Map.copyOf(known);
        }
    }

    /**
     * @param asked   when the broker was asked where topics end: what is written later is younger than this
     * @param written when records were, of those that could be read
     */
    Look look(Instant asked, Instant now, Map<RecordTimes.Place, Instant> written) {
        return new Look(asked, now, written);
    }
}
