package dev.waybill.messaging.inbox;

import dev.waybill.events.Envelope.Header;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What the verifier makes of the sequences that it sees. */
class SequenceVerifierTest {

    private static final String PAYMENT = "payment/1";

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SequenceVerifier verifier = new SequenceVerifier("sagas", 3, metrics);
    private long offset;

    @Test
    void anAggregateThatCountsUpIsInOrder() {
        see(1, 2, 3);
        assertThat(gaps()).isZero();
        assertThat(inversions()).isZero();
    }

    @Test
    void whatIsJumpedOverIsAGapOfAsMany() {
        see(1, 4);
        assertThat(gaps()).isEqualTo(2);
        assertThat(inversions()).isZero();
    }

    @Test
    void whatComesLaterThanItsSuccessorIsAnInversionToo() {
        see(1, 3, 2, 4);
        assertThat(gaps()).isEqualTo(1);
        assertThat(inversions()).isEqualTo(1);
    }

    @Test
    void whatComesAgainIsNeither() {
        see(1, 2, 1, 2, 3, 2);
        assertThat(gaps()).isZero();
        assertThat(inversions()).isZero();
    }

    @Test
    void aLateOneThatComesAgainIsOneInversion() {
        see(1, 3, 2, 2);
        assertThat(inversions()).isEqualTo(1);
    }

    @Test
    void aggregatesCountEachForItself() {
        verifier.note(List.of(record(PAYMENT, "1"), record("payment/2", "1"), record(PAYMENT, "2"),
                record("payment/2", "2")));
        assertThat(gaps()).isZero();
    }

    @Test
    void onAPartitionThatIsReadFromItsBeginningAnAggregateBeginsWithOne() {
        see(2);
        assertThat(gaps()).isEqualTo(1);
    }

    @Test
    void onAPartitionThatIsReadFromTheMiddleTheFirstIsBelieved() {
        offset = 100;
        see(7, 8);
        assertThat(gaps()).isZero();
        see(10);
        assertThat(gaps()).isEqualTo(1);
    }

    @Test
    void whatHappenedWhileThePartitionWasSomebodyElsesIsNoGap() {
        see(1, 2);
        verifier.forget(List.of(new TopicPartition("payment.events", 0)));
        see(5, 6);
        assertThat(gaps()).isZero();
    }

    @Test
    void anAggregateThatWasForgottenForOthersIsBelievedAgain() {
        see(1);
        verifier.note(List.of(record("payment/2", "1"), record("payment/3", "1"), record("payment/4", "1")));
        see(3);
        assertThat(gaps()).isZero();
    }

    @Test
    void aLargeJumpIsCountedWholeAndRememberedInPart() {
        see(1, 1_000_000_002, 1_000_000_001);
        assertThat(gaps()).isEqualTo(1_000_000_000);
        assertThat(inversions()).isEqualTo(1);
    }

    @Test
    void whatHasNoSequenceOrNoneThatCanBeReadIsPassedOver() {
        see(1);
        verifier.note(List.of(record(PAYMENT, null), record(PAYMENT, "two"), record(null, "2")));
        see(2);
        assertThat(gaps()).isZero();
    }

    private void see(long... sequences) {
        for (long sequence : sequences) {
            verifier.note(List.of(record(PAYMENT, Long.toString(sequence))));
        }
    }

    private ConsumerRecord<String, byte[]> record(@Nullable String subject, @Nullable String sequence) {
        var record = new ConsumerRecord<>("payment.events", 0, offset++, "key", new byte[0]);
        if (subject != null) {
            record.headers().add(Header.SUBJECT, subject.getBytes(StandardCharsets.UTF_8));
        }
        if (sequence != null) {
            record.headers().add(Header.SEQUENCE, sequence.getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    private double gaps() {
        return metrics.get("messages_sequence_gaps").tag("subscription", "sagas").counter().count();
    }

    private double inversions() {
        return metrics.get("messages_sequence_inversions").counter().count();
    }
}
