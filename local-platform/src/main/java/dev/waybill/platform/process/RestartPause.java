package dev.waybill.platform.process;

import java.time.Duration;

/**
 * How long to wait before a process that died by itself is started again: twice as long after each death, up to a bound, and
 * short again once it has lived long enough to count as healed.
 *
 * @param next the pause after the next death
 */
record RestartPause(Duration next) {

    static final RestartPause FIRST = new RestartPause(Duration.ofSeconds(1));
    static final Duration LONGEST = Duration.ofSeconds(30);
    static final Duration HEALED_AFTER = Duration.ofSeconds(60);

    /** The pause to keep now, after a life of that length. */
    Duration afterLifeOf(Duration life) {
        return healed(life) ? FIRST.next : next;
    }

    /** What follows once the pause of {@link #afterLifeOf} has been kept. */
    RestartPause grown(Duration life) {
        Duration doubled = afterLifeOf(life).multipliedBy(2);
        return new RestartPause(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled);
    }

    private static boolean healed(Duration life) {
        return life.compareTo(HEALED_AFTER) >= 0;
    }
}
