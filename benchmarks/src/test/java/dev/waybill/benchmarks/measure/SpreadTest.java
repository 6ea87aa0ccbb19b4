package dev.waybill.benchmarks.measure;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SpreadTest {

    @Test
    void theMedianIsTheMiddleOneHoweverFarTheOthersAre() {
        assertThat(Spread.of(List.of(1000.0, 3.0, 2.0))).isEqualTo(new Spread(3, 2, 1000, 3));
    }

    @Test
    void ofAnEvenNumberOfRoundsItLiesBetweenTheMiddleTwo() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
    }

    @Test
    void aRoundWithoutAMeasurementDoesNotCount() {
        assertThat(Spread.of(List.of(Double.NaN, 5.0))).isEqualTo(new Spread(5, 5, 5, 1));
        assertThat(Spread.of(List.of(Double.NaN))).hasToString("-");
    }

    @Test
    void itIsShownWithItsRange() {
        assertThat(Spread.of(List.of(1234.5, 1500.0, 12.34))).hasToString("1,235 (12.3-1,500)");
        assertThat(Spread.of(List.of(2.0))).hasToString("2.00");
    }
}
