package dev.waybill.console.lag;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The last half hour of a lag, as a picture and in words: what was not known is a gap in it, and no nought. */
class LineTest {

    private static final Instant NOW = Instant.parse("2026-11-21T14:00:10Z");
    private static final TopicPartition PARTITION = new TopicPartition("payment.commands", 3);

    private final PartitionHistory history = new PartitionHistory();

    private static Line line(Map<Long, Long> lags) {
        return Line.of(lags, NOW);
    }

    private static long ago(int halfMinutes) {
        return Line.part(NOW) - halfMinutes;
    }

    private static GroupLag group(String name, int partition, long lag) {
        return new GroupLag(name, true, "STABLE", List.of(), List.of(GroupLag.Partition.known(
                new TopicPartition("payment.commands", partition), 100, 100 + lag, Duration.ZERO)));
    }

    private void seen(Instant at, long lag) {
        history.add(new ConsumerLag.Look(at, List.of(group("readers", 3, lag))));
    }

    @Test
    void aLagThatRisesAndFallsIsALineWithAStepForEachHalfMinute() {
        Line line = line(Map.of(ago(3), 0L, ago(2), 0L, ago(1), 11L, ago(0), 22L));

        assertThat(line.pieces()).containsExactly("112,23.0 116,23.0 116,12.0 118,12.0 118,1.0 120,1.0");
        assertThat(line.words()).isEqualTo("at most 22 messages");
        assertThat(line(Map.of(ago(0), 1L)).words()).isEqualTo("at most 1 message");
    }

    @Test
    void whereNothingWasSeenThereIsAGap() {
        assertThat(line(Map.of(ago(59), 0L, ago(2), 4L, ago(1), 4L, ago(0), 0L)).pieces())
                .containsExactly("0,23.0 2,23.0", "114,1.0 118,1.0 118,23.0 120,23.0");
    }

    @Test
    void whatWasNeverBehindIsFlatAndWhatWasNeverSeenIsNotKnown() {
        assertThat(line(Map.of(ago(1), 0L, ago(0), 0L))).isEqualTo(new Line(List.of("116,23.0 120,23.0"), "none"));
        assertThat(line(Map.of(ago(61), 7L))).isEqualTo(new Line(List.of(), "not known"));
    }

    @Test
    void thatTheHalfMinuteHasJustBegunIsNoGap() {
        assertThat(line(Map.of(ago(2), 0L, ago(1), 0L)).pieces()).containsExactly("116,23.0 120,23.0");
        assertThat(line(Map.of(ago(3), 0L, ago(2), 0L)).pieces()).containsExactly("114,23.0 118,23.0");
    }

    @Test
    void ofEachHalfMinuteTheWorstIsKept() {
        seen(NOW.minusSeconds(35), 5);
        seen(NOW.minusSeconds(8), 40);
        seen(NOW.minusSeconds(3), 20);

        assertThat(history.line("readers", PARTITION, NOW))
                .isEqualTo(line(Map.of(ago(1), 5L, ago(0), 40L)));
        assertThat(history.line("others", PARTITION, NOW).words()).isEqualTo("not known");
    }

    @Test
    void whatIsOlderThanHalfAnHourIsForgottenAndNotTakenForNew() {
        seen(NOW.minus(Duration.ofMinutes(45)), 99);
        seen(NOW.minus(Duration.ofMinutes(29)), 7);
        seen(NOW, 1);
        assertThat(history.line("readers", PARTITION, NOW)).isEqualTo(line(Map.of(ago(58), 7L, ago(0), 1L)));

        history.add(new ConsumerLag.Look(NOW.plusSeconds(1_900), List.of()));
        assertThat(history.kept()).isZero();
    }

    @Test
    void moreThanIsKeptIsNotKept() {
        history.add(new ConsumerLag.Look(NOW, IntStream.range(0, PartitionHistory.MOST + 10)
                .mapToObj(n -> group("readers", n, 1)).toList()));

        assertThat(history.kept()).isEqualTo(PartitionHistory.MOST);
    }
}
