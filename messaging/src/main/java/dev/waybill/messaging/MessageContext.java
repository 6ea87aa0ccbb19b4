package dev.waybill.messaging;

import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/**
 * The message that is being handled. What is appended to the outbox meanwhile names it as its cause, stays in its saga and
 * in its trace, is later than it in logical time, and bears the number of its order.
 *
 * @param id the message's id; becomes the causation id of what follows
 * @param causationId what caused it: for an answer, the id of the command that it answers
 * @param orderNumber what people call the order; none where whoever said it did not know
 * @param envelope all that stood on the outside of it; none where it was not received just now but remembered
 */
public record MessageContext(
        MessageId id,
        @Nullable MessageId causationId,
        @Nullable SagaId sagaId,
        String correlationId,
        long logicalTime,
        @Nullable String traceparent,
        @Nullable OrderNumber orderNumber,
        @Nullable Envelope envelope) {

    private static final ScopedValue<MessageContext> CURRENT = ScopedValue.newInstance();

    /** Of a message that was received before, of an order known by its id: what follows from it needs no more of it than this. */
    public MessageContext(
            MessageId id,
            @Nullable MessageId causationId,
            @Nullable SagaId sagaId,
            String correlationId,
            long logicalTime,
            @Nullable String traceparent) {
        this(id, causationId, sagaId, correlationId, logicalTime, traceparent, null, null);
    }

    /** What a received message means for what is said because of it. */
    public static MessageContext of(Envelope envelope) {
        return new MessageContext(
                envelope.id(),
                envelope.causationId(),
                envelope.sagaId(),
                envelope.correlationId(),
                envelope.logicalTime(),
                envelope.traceparent(),
                envelope.orderNumber(),
                envelope);
    }

    /**
     * When it was said, by the sender's clock; none where the message itself is no longer at hand, as when the outcome of a call
     * that it led to is recorded.
     */
    public @Nullable Instant saidAt() {
        return envelope == null ? null : envelope.time();
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
