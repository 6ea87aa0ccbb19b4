package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/** Identifies one refund of a payment: asked for again under the same id, it is made once. A UUIDv7 where we make it; any UUID is read. In JSON a string in its canonical form. */
public record RefundId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RefundId {
        if (value == null) {
            throw new IllegalArgumentException("A refund id is missing");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
