package dev.waybill.events;

import org.jspecify.annotations.Nullable;

/** What every text in the published language has to keep to, so that it can be stored, logged and shown anywhere. */
final class Text {

    private Text() {}

    /** Answers the text, unless it is missing, blank, longer than {@code max} characters or holds a control or half a character. */
    static String required(String what, @Nullable String text, int max) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(what + " is missing");
        }
        if (text.length() > max) {
            throw new IllegalArgumentException(what + " is longer than " + max + " characters");
        }
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " holds a control character");
        }
        if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            throw new IllegalArgumentException(what + " holds half a character");
        }
        return text;
    }
}
