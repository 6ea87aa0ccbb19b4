package dev.waybill.benchmarks.measure;

import dev.waybill.benchmarks.measure.Cpu.Stat;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class CpuTest {

    @Test
    void aProcessCountsItselfAndItsEndedChildrenWhateverItIsCalled() {
        Stat stat = Stat.parse("77 (a (b) c) S 12 77 77 0 -1 4194560 9 9 0 0 100 20 3 4 20 0 1 0 5 6 7");

        assertThat(stat).isEqualTo(new Stat(77, 12, 127));
    }

    @Test
    void aRootCountsAllThatIsBelowIt() {
        var running = List.of(new Stat(1, 0, 5), new Stat(2, 1, 7), new Stat(3, 2, 11), new Stat(9, 0, 1000));

        assertThat(Cpu.millisOf(Map.of("root", 1L), running)).containsEntry("root", 230.0);
    }

    @Test
    void aRootBelowAnotherIsCountedOnce() {
        var running = List.of(new Stat(1, 0, 5), new Stat(2, 1, 7), new Stat(3, 2, 11));

        assertThat(Cpu.millisOf(Map.of("upper", 1L, "lower", 2L), running)).containsEntry("upper", 50.0)
                .containsEntry("lower", 180.0);
    }

    @Test
    void aRootThatHasEndedCountsNothing() {
        assertThat(Cpu.millisOf(Map.of("gone", 4L), List.of(new Stat(1, 0, 5)))).containsEntry("gone", 0.0);
    }
}
