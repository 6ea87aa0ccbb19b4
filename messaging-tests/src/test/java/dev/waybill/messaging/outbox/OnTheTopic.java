package dev.waybill.messaging.outbox;

import dev.waybill.events.MessageId;
import dev.waybill.messaging.outbox.TopicWatcher.Heard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static java.util.stream.Collectors.toSet;

/**
 * What is wrong with what stands on the topic, against what was committed and against the aggregates' own counters.
 *
 * @param lost committed and not there
 * @param inverted there for the first time after something that its aggregate said later
 * @param tooEarly there before it could be seen in the database
 * @param undone there although it was rolled back
 */
record OnTheTopic(Set<MessageId> lost, Set<MessageId> inverted, Set<MessageId> tooEarly, Set<MessageId> undone) {

    static final OnTheTopic ALL_IS_WELL = new OnTheTopic(Set.of(), Set.of(), Set.of(), Set.of());

    static OnTheTopic judged(SpeakingService service, TopicWatcher watcher, RandomWriters writers) {
        Set<MessageId> heard = watcher.heard().stream().map(Heard::id).collect(toSet());
        Set<MessageId> lost = new HashSet<>(writers.committed());
        lost.addAll(service.jdbc.query(
                "select message_id from outbox", (row, n) -> new MessageId(row.getObject(1, UUID.class))));
        lost.removeAll(heard);
        Set<MessageId> inverted = new HashSet<>();
        Map<String, Long> latest = new HashMap<>();
        for (Heard message : watcher.firstOccurrences()) {
            if (message.sequence() < latest.getOrDefault(message.subject(), 0L)) {
                inverted.add(message.id());
            }
            latest.merge(message.subject(), message.sequence(), Math::max);
        }
        Set<MessageId> undone = new HashSet<>(writers.undone());
        undone.retainAll(heard);
        return new OnTheTopic(lost, inverted, Set.copyOf(watcher.tooEarly()), undone);
    }
}
