package dev.waybill.benchmarks.floor;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A message as it was received.
 *
 * @param key the order's id
 * @param causationId none where it was not caused by a message
 */
record Heard(UUID id, String type, String key, @Nullable UUID causationId, @Nullable UUID sagaId, long logicalTime,
        @Nullable String traceparent, String payload) {

    static Heard read(ConsumerRecord<String, byte[]> record) {
        return new Heard(UUID.fromString(required(record, "ce_id")), required(record, "ce_type"), record.key(),
                uuid(record, "ce_causationid"), uuid(record, "ce_sagaid"),
                Long.parseLong(required(record, "ce_logicaltime")), text(record, "traceparent"),
                new String(record.value(), StandardCharsets.UTF_8));
    }

    UUID order() {
        return UUID.fromString(key);
    }

    UUID saga() {
        if (sagaId == null) {
            throw new IllegalStateException("Said in no saga: " + this);
        }
        return sagaId;
    }

    /** The last part but one of the type: {@code reserve-stock} of {@code dev.waybill.inventory.reserve-stock.v1}. */
    String kind() {
        int end = type.lastIndexOf('.');
        return type.substring(type.lastIndexOf('.', end - 1) + 1, end);
    }

    /** The text after {@code "name":"}; our payloads have each name once, or the first is meant. */
    String text(String name) {
        return Text.between(payload, "\"" + name + "\":\"", "\"");
    }

    private static String required(ConsumerRecord<String, byte[]> record, String header) {
        String text = text(record, header);
        if (text == null) {
            throw new IllegalArgumentException(header + " is missing");
        }
        return text;
    }

    private static @Nullable UUID uuid(ConsumerRecord<String, byte[]> record, String header) {
        String text = text(record, header);
        return text == null ? null : UUID.fromString(text);
    }

    private static @Nullable String text(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
