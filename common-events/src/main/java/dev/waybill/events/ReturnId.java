package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/** Identifies one return of an order, of which there may be several. A UUIDv7 where we make it; any UUID is read. In JSON a string in its canonical form. */
public record ReturnId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReturnId {
        if (value == null) {
            throw new IllegalArgumentException("A return id is missing");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
