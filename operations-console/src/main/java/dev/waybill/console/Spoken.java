package dev.waybill.console;

import java.time.Duration;

/** Figures as a person says them. */
public final class Spoken {

    private Spoken() {}

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
