package dev.waybill.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Figures as a person says them. */
public final class Spoken {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter EXACT_MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")
            .withZone(ZoneOffset.UTC);

    private Spoken() {}

    /** In UTC, as all pages show times: {@code 2026-11-21 14:00:00}. */
    public static String moment(Instant at) {
        return MOMENT.format(at);
    }

    /** To the millisecond: {@code 2026-11-21 14:00:00.123}. */
    public static String exactMoment(Instant at) {
        return EXACT_MOMENT.format(at);
    }

    /** In the two largest units: {@code 3 min 20 s}; a dash for nothing at all. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (duration.isZero() || duration.isNegative()) {
            return "–";
        } else if (seconds < 1) {
            return duration.toMillis() + " ms";
        } else if (seconds < 60) {
            return seconds + " s";
        } else if (seconds < 3600) {
            return "%d min %d s".formatted(seconds / 60, seconds % 60);
        } else if (seconds < 86_400) {
            return "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
        }
        return "%d d %d h".formatted(seconds / 86_400, seconds % 86_400 / 3600);
    }
}
