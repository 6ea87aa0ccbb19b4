package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/** Identifies one saga instance ({@code ce_sagaid}). A UUIDv7 where we make it; any UUID is read. In JSON a string in its canonical form. */
public record SagaId(@JsonValue UUID value) implements Comparable<SagaId> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SagaId {
        if (value == null) {
            throw new IllegalArgumentException("A saga id is missing");
        }
    }

    /**
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static SagaId parse(String text) {
        return new SagaId(UUID.fromString(text));
    }

    @Override
    public int compareTo(SagaId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
