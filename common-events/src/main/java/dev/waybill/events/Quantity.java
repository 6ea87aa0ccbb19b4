package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How many pieces are meant: 1 to {@value #MAX}. None at all, or less, is not a quantity that can be asked for. */
public record Quantity(@JsonValue int value) {

    public static final int MAX = 1_000_000;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Quantity {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException("A quantity is a whole number from 1 to " + MAX + ", not " + value);
        }
    }

    public static Quantity of(int value) {
        return new Quantity(value);
    }

    /**
     * @throws IllegalArgumentException when the sum is more than {@value #MAX}
     */
    public Quantity plus(Quantity other) {
        return new Quantity(value + other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
