package dev.waybill.platform.process;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RestartPauseTest {

    private static final Duration SHORT_LIFE = Duration.ofSeconds(3);

    @Test
    void pauseDoublesAfterEachDeathUpToABound() {
        assertThat(pausesOf(SHORT_LIFE, 7)).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L,
                30L);
    }

    @Test
    void pauseIsShortAgainAfterALongLife() {
        RestartPause pause = new RestartPause(RestartPause.LONGEST);

        assertThat(pause.afterLifeOf(RestartPause.HEALED_AFTER)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pause.grown(RestartPause.HEALED_AFTER).afterLifeOf(SHORT_LIFE)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aLifeJustTooShortDoesNotHeal() {
        RestartPause pause = new RestartPause(RestartPause.LONGEST);

        assertThat(pause.afterLifeOf(RestartPause.HEALED_AFTER.minusMillis(1))).isEqualTo(RestartPause.LONGEST);
    }

    private static List<Duration> pausesOf(Duration life, int deaths) {
        List<Duration> pauses = new ArrayList<>();
        RestartPause pause = RestartPause.FIRST;
        for (int i = 0; i < deaths; i++) {
            pauses.add(pause.afterLifeOf(life));
            pause = pause.grown(life);
        }
        return pauses;
    }
}
