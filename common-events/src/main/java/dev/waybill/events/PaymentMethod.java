package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The gateway's own token for a way to pay, like {@code pm_card_visa}. Never a card number. */
public record PaymentMethod(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PaymentMethod {
        Text.required("A payment method", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}
