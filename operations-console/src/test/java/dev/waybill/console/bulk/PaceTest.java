package dev.waybill.console.bulk;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** How many may begin in which time; no clock but the one that is given. */
class PaceTest {

    private static final Instant START = Instant.parse("2026-11-21T14:00:00Z");

    private final Pace pace = new Pace(10);

    @Test
    void eachItemHasItsMomentOneIntervalAfterTheOneBefore() {
        Instant second = pace.next(null, START);
        assertThat(second).isEqualTo(START.plusMillis(100));
        assertThat(pace.next(second, START.plusMillis(180))).isEqualTo(START.plusMillis(200));
    }

    @Test
    void afterAPauseNoMoreIsMadeUpForThanHalfASecond() {
        Instant late = START.plus(Duration.ofHours(1));
        assertThat(begun(START, late)).isEqualTo(6);
    }

    @Test
    void aWorkerThatLooksNowAndThenReachesTheRateAndDoesNotPassIt() {
        Instant due = START;
        int begun = 0;
        for (int millis = 0; millis < 10_000; millis += 200) {
            Instant now = START.plusMillis(millis);
            while (!due.isAfter(now)) {
                due = pace.next(due, now);
                begun++;
            }
        }
        assertThat(begun).isBetween(98, 100);
    }

    private int begun(Instant due, Instant now) {
        Instant next = due;
        int begun = 0;
        while (!next.isAfter(now)) {
            next = pace.next(next, now);
            begun++;
        }
        return begun;
    }
}
