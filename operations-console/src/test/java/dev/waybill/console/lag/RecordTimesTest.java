package dev.waybill.console.lag;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** However many records are asked for, they are waited for once; and one that does not come keeps no other from being read. */
@Timeout(30)
class RecordTimesTest {

    private static final TopicPartition ANSWERS = new TopicPartition("answers", 0);
    private static final TopicPartition SILENT = new TopicPartition("silent", 0);
    private static final Duration PATIENCE = Duration.ofMillis(600);

    private final Records records = new Records();
    private final RecordTimes times = new RecordTimes(records, PATIENCE);

    /** Each record was written as many seconds after 1970 as its offset says. Of one partition none ever comes. */
    private static final class Records extends MockConsumer<byte[], byte[]> {

        private int polls;

        Records() {
            super("earliest");
        }

        /** A real one forgets with an assignment what was paused in it. */
        @Override
        public synchronized void assign(Collection<TopicPartition> partitions) {
            resume(Set.copyOf(paused()));
            super.assign(partitions);
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls++;
            if (assignment().contains(ANSWERS) && !paused().contains(ANSWERS)) {
                long offset = position(ANSWERS);
                addRecord(new ConsumerRecord<>(ANSWERS.topic(), ANSWERS.partition(), offset, offset * 1_000,
                        TimestampType.CREATE_TIME, 0, 0, new byte[0], new byte[0], new RecordHeaders(),
                        Optional.empty()));
            }
            return super.poll(timeout);
        }
    }

    private static RecordTimes.Place at(TopicPartition partition, long offset) {
        return new RecordTimes.Place(partition, offset);
    }

    @Test
    void manyPlacesOfAPartitionThatDoesNotAnswerAreWaitedForAllTogether() {
        long begun = System.nanoTime();

        assertThat(times.of(LongStream.range(0, 20).mapToObj(offset -> at(SILENT, offset)).toList())).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE.multipliedBy(3));
    }

    @Test
    void whatDoesNotComeLeavesTimeForTheRest() {
        assertThat(times.of(List.of(at(SILENT, 7), at(ANSWERS, 1), at(ANSWERS, 2), at(ANSWERS, 3)))).isEqualTo(Map.of(
                at(ANSWERS, 1), Instant.ofEpochSecond(1), at(ANSWERS, 2), Instant.ofEpochSecond(2),
                at(ANSWERS, 3), Instant.ofEpochSecond(3)));
    }

    @Test
    void whatWasReadIsNotReadAgain() {
        times.of(List.of(at(ANSWERS, 1)));
        int polls = records.polls;

        assertThat(times.of(List.of(at(ANSWERS, 1)))).containsEntry(at(ANSWERS, 1), Instant.ofEpochSecond(1));
        assertThat(records.polls).isEqualTo(polls).isPositive();
    }
}
