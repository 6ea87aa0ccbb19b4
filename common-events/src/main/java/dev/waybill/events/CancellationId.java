package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/** Identifies one attempt to cancel an order: one that was refused may be followed by another. A UUIDv7 where we make it; any UUID is read. In JSON a string in its canonical form. */
public record CancellationId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CancellationId {
        if (value == null) {
            throw new IllegalArgumentException("A cancellation id is missing");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
