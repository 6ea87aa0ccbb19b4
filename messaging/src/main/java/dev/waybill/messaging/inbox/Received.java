package dev.waybill.messaging.inbox;

import dev.waybill.events.Envelope;
import dev.waybill.events.Envelope.Header;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.LogFields;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.Subscription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** What a record from a topic turns out to be. */
sealed interface Received {

    ConsumerRecord<String, byte[]> record();

    /** A message that has a handler. */
    record Legible(ConsumerRecord<String, byte[]> record, MessageId id, MessageContext context, Message message)
            implements
                Received {}

    /**
     * A message that cannot be made sense of; it has to be parked.
     *
     * @param id the message's own, or where it has none that can be read, one that stands for its place on the topic
     */
    record Illegible(ConsumerRecord<String, byte[]> record, MessageId id, RuntimeException fault)
            implements
                Received {}

    /** Nothing for this subscription. */
    record PassedOver(ConsumerRecord<String, byte[]> record, Reason reason) implements Received {
        enum Reason {
            /** A known kind of event, for others. A command that nobody here handles is illegible instead. */
            NOT_HANDLED_HERE,
            /** On an event topic: said by a newer producer than we are. */
            UNKNOWN_TYPE
        }
    }

    static Received read(ConsumerRecord<String, byte[]> record, Subscription subscription) {
        try {
            String typeName = header(record, Header.TYPE);
            if (typeName == null) {
                throw new IllegalArgumentException("The header " + Header.TYPE + " is missing");
            }
            Optional<Class<? extends Message>> type = MessageTypes.find(typeName);
            if (type.isEmpty() && !carriesCommands(record)) {
                return new PassedOver(record, PassedOver.Reason.UNKNOWN_TYPE);
            }
            boolean handled = type.isPresent() && subscription.handles(type.get());
            if (!handled && !carriesCommands(record)) {
                return new PassedOver(record, PassedOver.Reason.NOT_HANDLED_HERE);
            }
            Envelope envelope = Envelope.fromHeaders(name -> header(record, name));
            Message message = message(record, type
                    .filter(_ -> handled)
                    .orElseThrow(
                            () -> new IllegalArgumentException("No command is called %s here".formatted(typeName))));
            return new Legible(record, envelope.id(), MessageContext.of(envelope), message);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return new Illegible(record, idOf(record), Faults.asException(e));
        }
    }

    /** Runs the task so that every line it logs says whom it is for, as far as that can be read. */
    default void inLog(Runnable task) {
        if (this instanceof Legible legible) {
            LogFields.run(legible.message().orderId(), legible.context(), task);
            return;
        }
        OrderId order;
        MessageContext context;
        try {
            order = OrderId.parse(String.valueOf(record().key()));
            context = MessageContext.of(Envelope.fromHeaders(name -> header(record(), name)));
        } catch (IllegalArgumentException _) {
            task.run();
            return;
        }
        LogFields.run(order, context, task);
    }

    private static Message message(ConsumerRecord<String, byte[]> record, Class<? extends Message> type) {
        if (record.value() == null) {
            throw new IllegalArgumentException("The message has no payload");
        }
        Message message = MessageJson.read(record.value(), type);
        if (!message.orderId().toString().equals(record.key())) {
            throw new IllegalArgumentException(
                    "The key is %s, but the message is about order %s".formatted(record.key(), message.orderId()));
        }
        return message;
    }

    static boolean carriesCommands(ConsumerRecord<String, byte[]> record) {
        return record.topic().endsWith(".commands");
    }

    private static MessageId idOf(ConsumerRecord<String, byte[]> record) {
        String id = header(record, Header.ID);
        if (id != null) {
            try {
                return MessageId.parse(id);
            } catch (IllegalArgumentException _) {
                // Falls through: it is known by its place.
            }
        }
        String place = "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
        return new MessageId(UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)));
    }

    static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
