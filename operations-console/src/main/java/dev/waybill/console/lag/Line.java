package dev.waybill.console.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a lag went in the last half hour: a small picture, and the same in words. Where it was not known there is a gap, and not a line from one
 * end of it to the other.
 *
 * @param pieces the points of a line each, in a field of {@value #WIDTH} by {@value #HEIGHT}
 */
record Line(List<String> pieces, String words) {

    /** Of so many parts of so many seconds. */
    static final int PARTS = 60;
    static final Duration PART = Duration.ofSeconds(30);

    private static final int WIDTH = 120;
    private static final int HEIGHT = 24;
    private static final double STEP = (double) WIDTH / PARTS;

    /** Counted since 1970: looks of the same half minute are in the same part, whoever asks and when. */
    static long part(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), PART.toSeconds());
    }

    /** Where the picture begins at the earliest that ends now. */
    static Instant beginning(Instant now) {
        return Instant.ofEpochSecond((part(now) - PARTS) * PART.toSeconds());
    }

    /**
     * That there was no look yet in the half minute that has just begun is no gap: the picture ends before it then.
     *
     * @param lags the largest lag in each part that is known
     */
    static Line of(Map<Long, Long> lags, Instant now) {
        long first = part(now) - PARTS + (lags.containsKey(part(now)) ? 1 : 0);
        SortedMap<Long, Long> shown = new TreeMap<>(lags).subMap(first, first + PARTS);
        if (shown.isEmpty()) {
            return new Line(List.of(), "not known");
        }
        long most = shown.values().stream().mapToLong(Long::longValue).max().orElse(0);
        List<String> pieces = new ArrayList<>();
        var piece = new StringBuilder();
        long before = shown.firstKey() - 1;
        long level = -1;
        for (Map.Entry<Long, Long> part : shown.entrySet()) {
            boolean goesOn = part.getKey() == before + 1;
            if (!goesOn) {
                pieces.add(piece.append(point(before + 1 - first, level, most)).toString().strip());
                piece = new StringBuilder();
            }
            // As long as it stays the same no point is wanted: most lines are at nought all the time.
            if (!goesOn || part.getValue() != level) {
                piece.append(level >= 0 && goesOn ? point(part.getKey() - first, level, most) : "")
                        .append(point(part.getKey() - first, part.getValue(), most));
            }
            before = part.getKey();
            level = part.getValue();
        }
        pieces.add(piece.append(point(before + 1 - first, level, most)).toString().strip());
        return new Line(List.copyOf(pieces), most == 0
                ? "none"
                : String.format(Locale.ROOT, most == 1 ? "at most %,d message" : "at most %,d messages", most));
    }

    private static String point(long part, long lag, long most) {
        double y = HEIGHT - 1 - (most == 0 ? 0 : (double) lag / most * (HEIGHT - 2));
        return String.format(Locale.ROOT, "%.0f,%.1f ", part * STEP, y);
    }
}
