package dev.waybill.order.orders;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class BacklogTest {

    private static final int MOST = 100;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Backlog backlog = new Backlog(this::countUpTo,
            new BacklogSettings(MOST, Duration.ofSeconds(1), Duration.ofSeconds(10)), meters);
    private int waiting;
    private int looks;
    private boolean databaseIsAway;

    @Test
    void isTooLongOnceMoreWaitThanMayAndNoLongerWhenSomeAreSettled() {
        counted(MOST);
        assertThat(backlog.isTooLong()).isFalse();

        counted(MOST + 1);
        assertThat(backlog.isTooLong()).isTrue();

        counted(MOST);
        assertThat(backlog.isTooLong()).isFalse();
    }

    @Test
    void isAskedForWithoutBeingCountedAgain() {
        counted(MOST + 1);

        assertThat(backlog.isTooLong()).isTrue();
        assertThat(backlog.isTooLong()).isTrue();
        assertThat(looks).isOne();
    }

    @Test
    void isShownAsFarAsItIsCounted() {
        counted(7);
        assertThat(gauge()).isEqualTo(7);

        counted(1_000_000);
        assertThat(gauge()).isEqualTo(MOST + 1);
    }

    @Test
    void staysWhatItWasWhileItCannotBeCounted() {
        counted(MOST + 1);
        databaseIsAway = true;

        counted(0);
        assertThat(backlog.isTooLong()).isTrue();

        databaseIsAway = false;
        counted(0);
        assertThat(backlog.isTooLong()).isFalse();
    }

    private void counted(int number) {
        waiting = number;
        backlog.count();
    }

    private double gauge() {
        return meters.get("order.backlog").gauge().value();
    }

    private int countUpTo(int most) {
        looks++;
        if (databaseIsAway) {
            throw new IllegalStateException("The database is away");
        }
        return Math.min(waiting, most);
    }
}
