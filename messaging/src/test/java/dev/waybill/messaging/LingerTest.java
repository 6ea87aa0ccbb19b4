package dev.waybill.messaging;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** The rest after a batch. */
class LingerTest {

    @Test
    void itIsAsLongAsTheBatch() {
        assertThat(Linger.restAfter(Duration.ofMillis(3))).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void aBatchThatWaitedLongIsNotWaitedForAgain() {
        assertThat(Linger.restAfter(Duration.ofSeconds(10))).isEqualTo(Linger.LONGEST);
    }
}
