package dev.waybill.messaging.operations;

import dev.waybill.defaults.validation.PlainText;
import jakarta.validation.constraints.NotNull;

/** Why an operator does something; it is journaled. */
record Reason(@NotNull @PlainText(max = Reason.LONGEST) String reason) {

    static final int LONGEST = 500;
}
