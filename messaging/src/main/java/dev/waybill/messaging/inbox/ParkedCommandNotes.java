package dev.waybill.messaging.inbox;

import dev.waybill.events.Envelope;
import dev.waybill.events.Envelope.Header;
import dev.waybill.events.MessageId;
import dev.waybill.events.OperationsEvent.CommandParked;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.Outbox;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Lets a saga know that one of its commands waits for a person, in the transaction that parks it. What cannot be read as a
 * command of a saga, as its ids are missing, concerns no saga that could be found.
 */
class ParkedCommandNotes {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Outbox outbox;
    private final String service;

    ParkedCommandNotes(Outbox outbox, String service) {
        this.outbox = outbox;
        this.service = service;
    }

    /** Says one thing about one parked message, so its sequence is 1. */
    private record Speaker(String subject, EventCounter events) implements Aggregate {}

    void say(UUID parkedId, ConsumerRecord<String, byte[]> record) {
        if (Received.carriesCommands(record)) {
            contextOf(record).ifPresent(context -> {
                var speaker = new Speaker("parked-message/" + parkedId, new EventCounter());
                var note = new CommandParked(OrderId.parse(record.key()), context.id(), service);
                context.run(() -> outbox.append(speaker, note));
            });
        }
    }

    /** Made of what is checked only: whatever else stands in the headers may be what is wrong with the command. */
    private static Optional<MessageContext> contextOf(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(
                    new MessageContext(
                            MessageId.parse(text(record, Header.ID)),
                            null,
                            SagaId.parse(text(record, Header.SAGA_ID)),
                            OrderId.parse(String.valueOf(record.key())).toString(),
                            envelopeOf(record).map(Envelope::logicalTime).orElse(0L),
                            TRACEPARENT.matcher(text(record, Header.TRACEPARENT)).matches()
                                    ? text(record, Header.TRACEPARENT)
                                    : null,
                            envelopeOf(record).map(Envelope::orderNumber).orElse(null),
                            null));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<Envelope> envelopeOf(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(Envelope.fromHeaders(name -> Received.header(record, name)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String text(ConsumerRecord<String, byte[]> record, String name) {
        return Objects.requireNonNullElse(Received.header(record, name), "");
    }
}
