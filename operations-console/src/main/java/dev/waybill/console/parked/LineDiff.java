package dev.waybill.console.parked;

import com.github.difflib.DiffUtils;

import java.util.List;
import java.util.stream.Stream;

/** What was taken out of a text and what was put in, line by line. */
final class LineDiff {

    /** Of more lines the whole text is shown as taken out and put in: no page is worth minutes of comparing. */
    private static final int MOST_LINES = 3_000;

    private LineDiff() {}

    enum Kind {
        SAME(" "), REMOVED("-"), ADDED("+");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    record Line(Kind kind, String text) {}

    static List<Line> between(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        if (old.size() > MOST_LINES || now.size() > MOST_LINES) {
            return old.equals(now)
                    ? lines(Kind.SAME, old).toList()
                    : Stream.concat(lines(Kind.REMOVED, old), lines(Kind.ADDED, now)).toList();
        }
        return DiffUtils.diff(old, now, true).getDeltas().stream().flatMap(delta -> switch (delta.getType()) {
            case EQUAL -> lines(Kind.SAME, delta.getSource().getLines());
            case DELETE -> lines(Kind.REMOVED, delta.getSource().getLines());
            case INSERT -> lines(Kind.ADDED, delta.getTarget().getLines());
            case CHANGE -> Stream.concat(lines(Kind.REMOVED, delta.getSource().getLines()),
                    lines(Kind.ADDED, delta.getTarget().getLines()));
        }).toList();
    }

    private static Stream<Line> lines(Kind kind, List<String> lines) {
        return lines.stream().map(line -> new Line(kind, line));
    }
}
