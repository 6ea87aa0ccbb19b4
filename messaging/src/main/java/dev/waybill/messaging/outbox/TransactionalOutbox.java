package dev.waybill.messaging.outbox;

import dev.waybill.events.Command;
import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.Outbox;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what a transaction says and has it written as the last thing before the commit. */
class TransactionalOutbox implements Outbox {

    /** Well below what the broker takes by default (1 MiB): refused here, where it still fails the transaction. */
    static final int MAX_PAYLOAD_BYTES = 512 * 1024;

    private final String source;
    private final Clock clock;
    private final Supplier<@Nullable String> traceparent;
    private final Supplier<AppendBeforeCommit> synchronization;

    TransactionalOutbox(
            String source,
            Clock clock,
            Supplier<@Nullable String> traceparent,
            Supplier<AppendBeforeCommit> synchronization) {
        this.source = source;
        this.clock = clock;
        this.traceparent = traceparent;
        this.synchronization = synchronization;
    }

    @Override
    public MessageId append(Aggregate aggregate, Event event) {
        MessageId id = Ids.nextMessageId();
        AppendBeforeCommit transaction = transaction();
        SagaId sagaId = MessageContext.current().map(MessageContext::sagaId).orElse(null);
        long sequence = aggregate.events().nextSequence();
        OrderNumber number = numberOf(aggregate);
        if (number == null && MessageContext.current().isEmpty() && sequence > 1) {
            number = transaction.numberSaidBefore(aggregate.subject());
        }
        transaction.add(row(aggregate, aggregate.subject(), sequence, sagaId, id, event, number));
        return id;
    }

    @Override
    public void send(Aggregate sender, SagaId sagaId, MessageId id, Command<?> command) {
        AppendBeforeCommit transaction = transaction();
        String context = MessageTypes.nameOf(messageClass(command)).split("\\.", -1)[2];
        transaction.add(
                row(sender, context + "/" + command.orderId(), null, sagaId, id, command, numberOf(sender)));
    }

    private static @Nullable OrderNumber numberOf(Aggregate speaker) {
        OrderNumber number = speaker.orderNumber();
        return number != null ? number : MessageContext.current().map(MessageContext::orderNumber).orElse(null);
    }

    private OutboxRow row(
            Aggregate speaker,
            String subject,
            @Nullable Long sequence,
            @Nullable SagaId sagaId,
            MessageId id,
            Message message,
            @Nullable OrderNumber number) {
        Optional<MessageContext> cause = MessageContext.current();
        String payload = MessageJson.write(message);
        if (payload.getBytes(StandardCharsets.UTF_8).length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("%s of %s is larger than %d bytes"
                    .formatted(message.getClass().getSimpleName(), message.orderId(), MAX_PAYLOAD_BYTES));
        }
        String key = message.orderId().toString();
        var envelope = new Envelope(
                id,
                source,
                MessageTypes.nameOf(messageClass(message)),
                subject,
                // What the database keeps: a replay then publishes the same time.
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                key,
                sequence,
                speaker.events().tick(cause.map(MessageContext::logicalTime).orElse(0L)),
                cause.map(MessageContext::correlationId).orElse(key),
                cause.map(MessageContext::id).orElse(null),
                sagaId,
                traceparent.get(),
                number);
        return new OutboxRow(Topic.of(message).topicName(), envelope, payload);
    }

    private AppendBeforeCommit transaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The outbox is written in a transaction, and none is running");
        }
        for (var running : TransactionSynchronizationManager.getSynchronizations()) {
            if (running instanceof AppendBeforeCommit append) {
                return append;
            }
        }
        AppendBeforeCommit append = synchronization.get();
        TransactionSynchronizationManager.registerSynchronization(append);
        return append;
    }

    private static Class<? extends Message> messageClass(Message message) {
        return message.getClass();
    }
}
