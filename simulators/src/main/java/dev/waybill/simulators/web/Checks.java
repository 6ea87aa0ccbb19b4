package dev.waybill.simulators.web;

import org.jspecify.annotations.Nullable;

/** What the records of the simulators' requests refuse; the sentence ends up in the problem's errors. */
public final class Checks {

    private Checks() {}

    /** A text that is there, is not blank and has no control characters. */
    public static String text(String what, @Nullable String value, int maxLength) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + " is missing");
        }
        if (value.length() > maxLength) {
            throw new IllegalArgumentException("%s has at most %d characters".formatted(what, maxLength));
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " has no control characters");
        }
        return value;
    }

    /** Anything that is there. */
    public static <T> T present(String what, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(what + " is missing");
        }
        return value;
    }
}
