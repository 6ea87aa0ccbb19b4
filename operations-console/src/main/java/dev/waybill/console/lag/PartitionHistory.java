package dev.waybill.console.lag;

import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How far each partition of each group was behind in the last half hour. In memory, and gone with the process: some two hundred partitions every
 * five seconds would be millions of rows a day, to draw a line of half an hour. Groups have a day of history in the database ({@link LagHistory}).
 */
@Component
class PartitionHistory {

    /** Of half a kilobyte each. Those beyond have no history; how far they are behind is seen all the same. */
    static final int MOST = 5_000;

    private static final long UNKNOWN = -1;

    private final Map<Place, Ring> rings = new HashMap<>();

    private record Place(String group, TopicPartition partition) {}

    private static final class Ring {

        private final long[] most = new long[Line.PARTS];
        private long newest;

        private Ring(long part) {
            Arrays.fill(most, UNKNOWN);
            newest = part;
        }

        private void add(long part, long lag) {
            for (long gone = Math.max(newest, part - Line.PARTS) + 1; gone <= part; gone++) {
                most[at(gone)] = UNKNOWN;
            }
            newest = Math.max(newest, part);
            if (part > newest - Line.PARTS) {
                most[at(part)] = Math.max(most[at(part)], lag);
            }
        }

        private Map<Long, Long> known() {
            Map<Long, Long> known = new HashMap<>();
            for (long part = newest - Line.PARTS + 1; part <= newest; part++) {
                if (most[at(part)] != UNKNOWN) {
                    known.put(part, most[at(part)]);
                }
            }
            return known;
        }

        private static int at(long part) {
            return Math.floorMod(part, Line.PARTS);
        }
    }

    synchronized void add(ConsumerLag.Look look) {
        long part = Line.part(look.at());
        for (GroupLag group : look.groups()) {
            for (GroupLag.Partition partition : group.partitions()) {
                var place = new Place(group.name(), partition.topicPartition());
                Ring ring = rings.get(place);
                if (ring == null && rings.size() < MOST) {
                    ring = new Ring(part);
                    rings.put(place, ring);
                }
                if (ring != null) {
                    ring.add(part, partition.lag());
                }
            }
        }
        rings.values().removeIf(ring -> ring.newest <= part - Line.PARTS);
    }

    synchronized Line line(String group, TopicPartition partition, Instant now) {
        Ring ring = rings.get(new Place(group, partition));
        return Line.of(ring == null ? Map.of() : ring.known(), now);
    }

    synchronized int kept() {
        return rings.size();
    }
}
