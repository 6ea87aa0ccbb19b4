package dev.waybill.console.flow;

import dev.waybill.console.Spoken;
import dev.waybill.console.lag.GroupLag;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** Figures in words, short enough for a map. */
final class Words {

    private static final String UNKNOWN = "–";

    private Words() {}

    /** {@code 1 message}, {@code 1,200 messages}. */
    static String count(double number, String what) {
        return "%s %s%s".formatted(number(number), what, Math.round(number) == 1 ? "" : "s");
    }

    static String number(double number) {
        return String.format(Locale.ROOT, "%,d", Math.round(number));
    }

    static String number(OptionalDouble number) {
        return number.isEmpty() || Double.isNaN(number.getAsDouble()) ? UNKNOWN : number(number.getAsDouble());
    }

    /** {@code 0.4/s}, {@code 12/s}. */
    static String rate(OptionalDouble perSecond) {
        if (perSecond.isEmpty()) {
            return UNKNOWN;
        }
        double rate = perSecond.getAsDouble();
        return rate == 0
                ? "0/s"
                : rate < 0.05 ? "< 0.1/s" : String.format(Locale.ROOT, rate < 10 ? "%.1f/s" : "%,.0f/s", rate);
    }

    /** {@code p50 12 ms, p99 1.2 s}; empty where nothing was measured. */
    static String quantiles(OptionalDouble p50, OptionalDouble p99) {
        return p50.isEmpty() || p99.isEmpty()
                ? ""
                : "p50 %s, p99 %s".formatted(seconds(p50.getAsDouble()), seconds(p99.getAsDouble()));
    }

    private static String seconds(double seconds) {
        if (seconds < 1) {
            return String.format(Locale.ROOT, seconds < 0.01 ? "%.1f ms" : "%.0f ms", seconds * 1000);
        }
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : duration(seconds);
    }

    /** {@code the oldest 3 min 20 s old}, of the messages that wait for a group. */
    static String oldest(GroupLag group) {
        Duration behind = group.behind();
        Duration presumed = group.presumed();
        if (behind != null) {
            return "the oldest %s old".formatted(duration(behind));
        }
        return "for how long is not known" + (presumed == null ? "" : ", perhaps " + duration(presumed));
    }

    static String duration(double seconds) {
        return duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** Of nothing at all: no time. */
    static String duration(Duration duration) {
        return duration.isZero() || duration.isNegative() ? "0 s" : Spoken.duration(duration);
    }
}
