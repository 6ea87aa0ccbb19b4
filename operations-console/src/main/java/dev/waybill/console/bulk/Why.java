package dev.waybill.console.bulk;

import dev.waybill.defaults.operators.Reason;

import java.util.Optional;

/** The reason that a person gives for an act, as journals can keep it. */
public final class Why {

    public static final String WANTED = "A reason is wanted here, of at most %d characters in one line. Nothing was done."
            .formatted(Reason.LONGEST);

    private Why() {}

    /** Nothing where what was typed is none. */
    public static Optional<String> of(String typed) {
        String reason = typed.strip();
        return reason.isEmpty() || reason.length() > Reason.LONGEST || reason.chars().anyMatch(Character::isISOControl)
                ? Optional.empty()
                : Optional.of(reason);
    }
}
