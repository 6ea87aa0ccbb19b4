package dev.waybill.messaging.history;

import dev.waybill.events.Event;
import dev.waybill.events.Message;
import dev.waybill.events.MessageTypes;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.outbox.OutboxTable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the aggregates of this service have said, one by one: the outbox, looked back at. */
public class EventStore {

    private final OutboxTable outbox;

    EventStore(OutboxTable outbox) {
        this.outbox = outbox;
    }

    /**
     * All that one aggregate has said, in its order. Where the outbox is kept for a time only, it begins later than with
     * the first: whoever has to know looks at the first sequence.
     *
     * @param subject as in {@code ce_subject}
     * @param family what the aggregate says, and nothing else
     */
    public <E extends Event> List<RecordedEvent<E>> of(String subject, Class<E> family) {
        return outbox.readSubject(subject).stream().map(row -> {
            Class<? extends Message> type = MessageTypes.find(row.envelope().type()).orElseThrow(
                    () -> new IllegalStateException("No event is called %s any more".formatted(row.envelope().type())));
            Message event = MessageJson.read(row.payload().getBytes(StandardCharsets.UTF_8), type);
            return new RecordedEvent<>(row.envelope(), family.cast(event));
        }).toList();
    }
}
