package dev.waybill.messaging;

import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.events.SagaId;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The message that is being handled. What is appended to the outbox meanwhile names it as its cause, stays in its saga and
 * in its trace, and is later than it in logical time.
 *
 * @param id the message's id; becomes the causation id of what follows
 * @param causationId what caused it: for an answer, the id of the command that it answers
 */
public record MessageContext(
        MessageId id,
        @Nullable MessageId causationId,
        @Nullable SagaId sagaId,
        String correlationId,
        long logicalTime,
        @Nullable String traceparent) {

    private static final ScopedValue<MessageContext> CURRENT = ScopedValue.newInstance();

    /** What a received message means for what is said because of it. */
    public static MessageContext of(Envelope envelope) {
        return new MessageContext(
                envelope.id(),
                envelope.causationId(),
                envelope.sagaId(),
                envelope.correlationId(),
                envelope.logicalTime(),
                envelope.traceparent());
    }

    /** The message that this thread is handling; empty where something else, like a request, makes it run. */
    public static Optional<MessageContext> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Runs the task as part of handling this message. */
    public void run(Runnable task) {
        ScopedValue.where(CURRENT, this).run(task);
    }
}
