package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The number that people use for an order, like {@code W-100042}. */
public record OrderNumber(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrderNumber {
        Text.required("An order number", value, 20);
    }

    @Override
    public String toString() {
        return value;
    }
}
