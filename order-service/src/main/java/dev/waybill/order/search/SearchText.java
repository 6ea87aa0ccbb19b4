package dev.waybill.order.search;

import java.util.Locale;

/**
 * What somebody typed to find orders by: how an order's number begins, with its {@code W-} or without, or a customer's id. 1 to
 * 64 characters.
 */
public record SearchText(String value) {

    private static final int LONGEST = 64;
    /** Behind every text that begins with the same characters. */
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    public SearchText {
        value = value.strip();
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException("1 to %d characters are looked for".formatted(LONGEST));
        }
        if (value.codePoints().anyMatch(
                point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE)) {
            throw new IllegalArgumentException("A control character is not looked for");
        }
    }

    String customer() {
        return value;
    }

    String number() {
        boolean digits = value.chars().allMatch(character -> character >= '0' && character <= '9');
        return digits ? "W-" + value : value.toUpperCase(Locale.ROOT);
    }

    /** The first text that does not begin like this any more. */
    static String endOf(String prefix) {
        return prefix + LAST_CHARACTER;
    }
}
