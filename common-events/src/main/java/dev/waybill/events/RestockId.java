package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/** Identifies what comes back into the stock at one time: asked for again under the same id, it comes back once. A UUIDv7 where we make it; any UUID is read. In JSON a string in its canonical form. */
public record RestockId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RestockId {
        if (value == null) {
            throw new IllegalArgumentException("A restock id is missing");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
