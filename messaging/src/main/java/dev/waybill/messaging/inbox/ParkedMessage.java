package dev.waybill.messaging.inbox;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A message that stands before a blocked key, or waits behind one that does.
 *
 * @param key the record's, or what stands for one that cannot be stored
 * @param first the parked message that it waits behind; itself where it is that one
 * @param content as it would be handled now
 * @param original as it arrived, where it has been edited since
 * @param reason why it could not be handled; nothing as long as it was not tried
 * @param version rises with every change
 */
public record ParkedMessage(
        UUID id,
        String subscription,
        String key,
        UUID messageId,
        State state,
        UUID first,
        @Nullable String type,
        String topic,
        int partition,
        long offset,
        Content content,
        @Nullable Content original,
        @Nullable String reason,
        @Nullable String stack,
        int attempts,
        Instant parkedAt,
        long version) {

    /** What it waits for. */
    public enum State {
        /** For a person. */
        PARKED,
        /** For what stands before it under the same key. */
        WAITING_BEHIND
    }

    /** What a message says, and what stands on its outside. */
    public record Content(Map<String, String> headers, @Nullable Bytes payload) {

        public Content {
            headers = Map.copyOf(headers);
        }
    }

    boolean standsFirst() {
        return first.equals(id);
    }

    /** As it would come from its topic. */
    ConsumerRecord<String, byte[]> toRecord() {
        Bytes payload = content.payload();
        @SuppressWarnings("NullAway") // a record's value may be null, whatever its type says
        var record = new ConsumerRecord<String, byte[]>(
                topic, partition, offset, key, payload == null ? null : payload.get());
        content.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
