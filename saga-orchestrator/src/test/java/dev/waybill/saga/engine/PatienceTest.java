package dev.waybill.saga.engine;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PatienceTest {

    @Test
    void doublesUntilTheLongestWait() {
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(Patience.PERSISTENT::waitAfter)).containsExactly(
                Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4),
                Duration.ofMinutes(5), Duration.ofMinutes(5));
    }

    @Test
    void beforeThePivotASagaOutwaitsAnOutageOfTwoHours() {
        assertThat(total(Patience.TENTATIVE)).isGreaterThan(Duration.ofHours(2)).isLessThan(Duration.ofMinutes(130));
    }

    @Test
    void whatHasToSucceedAndDoesNotAnswerIsShownToAPersonWithinTheHour() {
        assertThat(total(Patience.PERSISTENT)).isGreaterThan(Duration.ofMinutes(30)).isLessThan(Duration.ofHours(1));
    }

    private static Duration total(Patience patience) {
        return IntStream.rangeClosed(1, patience.attempts()).mapToObj(patience::waitAfter)
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void isNotLessThanOneAttempt() {
        assertThatThrownBy(() -> new Patience(Duration.ofSeconds(1), Duration.ofSeconds(1), 0))
                .hasMessageContaining("at least one attempt");
    }

    @Test
    void waitsForSomething() {
        assertThatThrownBy(() -> new Patience(Duration.ZERO, Duration.ofSeconds(1), 1))
                .hasMessageContaining("longer than nothing");
        assertThatThrownBy(() -> new Patience(Duration.ofSeconds(2), Duration.ofSeconds(1), 1))
                .hasMessageContaining("shorter than the first");
    }
}
