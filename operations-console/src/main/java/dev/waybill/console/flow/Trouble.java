package dev.waybill.console.flow;

import java.util.Comparator;

/**
 * One thing that hurts now.
 *
 * @param about the service at which it is shown
 * @param size  of two of a kind, the larger is worse
 * @param words a sentence without its full stop
 * @param link  to where the reason is seen
 */
record Trouble(Ailment ailment, String about, double size, String words, String link) {

    static final Comparator<Trouble> WORST_FIRST = Comparator.comparing(Trouble::level).reversed()
            .thenComparing(Trouble::ailment)
            .thenComparing(Comparator.comparingDouble(Trouble::size).reversed())
            .thenComparing(Trouble::words);

    Level level() {
        return ailment.level();
    }

    /** Stays the same from look to look, so that the keyboard's focus does too. */
    String id() {
        return "hurts-" + ailment.alert() + "-" + Integer.toHexString((about + link).hashCode());
    }
}
