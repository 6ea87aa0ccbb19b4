package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/** Identifies one message for ever, however often it is delivered ({@code ce_id}). A UUIDv7 where we make it; any UUID is read. In JSON a string in its canonical form. */
public record MessageId(@JsonValue UUID value) implements Comparable<MessageId> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MessageId {
        if (value == null) {
            throw new IllegalArgumentException("A message id is missing");
        }
    }

    /**
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static MessageId parse(String text) {
        return new MessageId(UUID.fromString(text));
    }

    @Override
    public int compareTo(MessageId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
