package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/** Identifies an order in every service; the key of every message that is about it. A UUIDv7 where we make it; any UUID is read. In JSON a string in its canonical form. */
public record OrderId(@JsonValue UUID value) implements Comparable<OrderId> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrderId {
        if (value == null) {
            throw new IllegalArgumentException("An order id is missing");
        }
    }

    /**
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static OrderId parse(String text) {
        return new OrderId(UUID.fromString(text));
    }

    @Override
    public int compareTo(OrderId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
