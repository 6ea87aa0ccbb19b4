package dev.waybill.defaults.operators;

import dev.waybill.defaults.validation.PlainText;
import jakarta.validation.constraints.NotNull;

/** Why an operator does something; it is journaled. */
public record Reason(@NotNull @PlainText(max = Reason.LONGEST) String reason) {

    public static final int LONGEST = 500;
}
