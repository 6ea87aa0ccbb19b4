package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Who ordered: the {@code sub} of the customer's token; 1 to 64 characters. */
public record CustomerId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CustomerId {
        Text.required("A customer id", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}
