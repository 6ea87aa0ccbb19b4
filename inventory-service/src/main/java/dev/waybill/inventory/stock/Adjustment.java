package dev.waybill.inventory.stock;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.events.Quantity;

/** By how many pieces an operator corrects what is on hand: up or down, at most {@value Quantity#MAX}, and not by nothing. */
record Adjustment(@JsonValue int pieces) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Adjustment {
        if (pieces == 0 || pieces < -Quantity.MAX || pieces > Quantity.MAX) {
            throw new IllegalArgumentException("An adjustment is a whole number from -%d to %d, and not 0, as %d is"
                    .formatted(Quantity.MAX, Quantity.MAX, pieces));
        }
    }
}
