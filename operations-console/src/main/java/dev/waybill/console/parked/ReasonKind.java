package dev.waybill.console.parked;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.regex.Pattern;

/** What messages that were parked for the same reason have in common: the reason without the ids and numbers that are in it. */
final class ReasonKind {

    static final String WAITS = "Waits behind another message of its key";

    private static final Pattern ID = Pattern.compile("\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int LONGEST = 200;

    private ReasonKind() {}

    static String of(@Nullable String reason) {
        if (reason == null) {
            return WAITS;
        }
        String first = reason.lines().findFirst().orElse("").strip();
        String kind = NUMBER.matcher(ID.matcher(first).replaceAll("…")).replaceAll("…");
        return kind.length() <= LONGEST ? kind : kind.substring(0, LONGEST) + "…";
    }

    /** Whether it is found by this text: in the reason, or in what is common to its kind. */
    static boolean matches(@Nullable String reason, String wanted) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return (reason != null && reason.toLowerCase(Locale.ROOT).contains(lower))
                || of(reason).toLowerCase(Locale.ROOT).contains(lower);
    }
}
