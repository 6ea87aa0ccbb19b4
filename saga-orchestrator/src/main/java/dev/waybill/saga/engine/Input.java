package dev.waybill.saga.engine;

import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import org.jspecify.annotations.Nullable;

/** Something that happens to a running saga. */
public sealed interface Input {

    /**
     * A participant's event, said in this saga.
     *
     * @param id the event's own id
     * @param causationId the command that it answers
     */
    record Answer(MessageId id, @Nullable MessageId causationId, Event event) implements Input {}

    /** Time has passed; calls may be due. */
    record Timeout() implements Input {}
}
