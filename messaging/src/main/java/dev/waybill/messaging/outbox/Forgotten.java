package dev.waybill.messaging.outbox;

import dev.waybill.events.MessageId;
import dev.waybill.messaging.outbox.TopicTails.Own;
import dev.waybill.messaging.outbox.TopicTails.Tail;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import static java.util.stream.Collectors.joining;

/**
 * What topics know of a service and its outbox does not: messages that it has published and that its database, which was set
 * back to an earlier point, has forgotten. Says it in words from which an operator knows what has happened and what to do.
 *
 * @param source who has published them
 * @param stretches where they stand; none where nothing is forgotten
 * @param aggregates what they are about, with the highest number that an event has; 0 where there are commands only
 */
public record Forgotten(String source, List<Stretch> stretches, Map<String, Long> aggregates) {

    private static final int NAMED = 10;

    /**
     * The forgotten records of one partition.
     *
     * @param records how many were seen
     * @param more whether there may be others before them
     */
    public record Stretch(TopicPartition partition, long first, long last, int records, boolean more) {

        @Override
        public String toString() {
            return "%s: %s%d, at offsets %d to %d"
                    .formatted(partition, more ? "at least " : "", records, first, last);
        }
    }

    /** @param ids which of the messages at the ends of the topics are forgotten */
    static Forgotten of(String source, List<Tail> tails, Set<MessageId> ids) {
        List<Stretch> stretches = new ArrayList<>();
        Map<String, Long> aggregates = new TreeMap<>();
        for (Tail tail : tails) {
            List<Own> lost = tail.own().stream().filter(own -> ids.contains(own.envelope().id())).toList();
            if (!lost.isEmpty()) {
                boolean more = !tail.whole() && lost.getFirst().equals(tail.own().getFirst());
                stretches.add(new Stretch(
                        tail.partition(), lost.getFirst().offset(), lost.getLast().offset(), lost.size(), more));
            }
            lost.stream().map(Own::envelope).forEach(envelope -> aggregates.merge(
                    envelope.subject(), Objects.requireNonNullElse(envelope.sequence(), 0L), Math::max));
        }
        stretches.sort(Comparator.comparing((Stretch stretch) -> stretch.partition().topic())
                .thenComparingInt(stretch -> stretch.partition().partition()));
        return new Forgotten(source, List.copyOf(stretches), aggregates);
    }

    public boolean isEmpty() {
        return stretches.isEmpty();
    }

    /** How many records were seen. */
    public int records() {
        return stretches.stream().mapToInt(Stretch::records).sum();
    }

    /** What the setting has to be that says that these, and no others, have been seen to. */
    public String asSeenTo() {
        return stretches.stream().map(stretch -> stretch.partition() + "@" + stretch.last()).collect(joining(","));
    }

    public String whatHasHappened() {
        return """
                Topics hold %s%d messages of %s that its outbox does not know. The database has been set back to an earlier point, \
                or it is another one. If the service went on, it would give numbers to its events that events on the topics \
                have already, and what it had consumed since that point would be missing.

                %s

                They are about %s."""
                .formatted(stretches.stream().anyMatch(Stretch::more) ? "at least " : "", records(), source,
                        stretches.stream().map(stretch -> "    " + stretch).collect(joining("\n")), named());
    }

    public String whatToDo() {
        return """
                Stop every replica of the service. Recover its database up to the end of the write-ahead log, if that is there. If \
                it is not, go through "After a backup was restored" in docs/messaging.md; then start the service with

                    waybill.messaging.restored.seen-to=%s

                which is good for these records and for none that come after them."""
                .formatted(asSeenTo());
    }

    private String named() {
        String some = aggregates.entrySet().stream().limit(NAMED)
                .map(said -> said.getValue() == 0 ? said.getKey() : said.getKey() + " (up to " + said.getValue() + ")")
                .collect(joining(", "));
        return aggregates.size() > NAMED ? "%s and %d others".formatted(some, aggregates.size() - NAMED) : some;
    }
}
