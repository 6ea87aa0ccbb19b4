package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.outbox.TopicTails.Own;
import dev.waybill.messaging.outbox.TopicTails.Tail;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What follows from what topics hold and the outbox knows, when it is known, and when not. */
class RestoreCheckTest {

    private final List<String> asked = new ArrayList<>();
    private final Set<MessageId> known = new HashSet<>();
    private final List<Tail> tails = new ArrayList<>();
    private boolean kafkaAnswers = true;

    private final TopicTails topics = new TopicTails("/s", Map.of()) {
        @Override
        List<Tail> last(int depth, Duration patience) {
            asked.add("topics");
            if (!kafkaAnswers) {
                throw new TimeoutException("nobody there");
            }
            return List.copyOf(tails);
        }

        @Override
        List<Tail> last(Collection<TopicPartition> partitions, int depth, Duration patience) {
            return tails.stream().filter(tail -> partitions.contains(tail.partition())).toList();
        }
    };

    private final OutboxMemory outbox = new OutboxMemory(new JdbcTemplate(), null, Clock.systemUTC()) {
        @Override
        Set<MessageId> forgottenOf(Collection<Envelope> messages) {
            asked.add("outbox");
            return messages.stream().map(Envelope::id).filter(id -> !known.contains(id)).collect(toSet());
        }
    };

    @Test
    void theTopicsAreLookedAtFirstAsWhatIsSentMeanwhileWasCommittedBefore() {
        check().afterPropertiesSet();
        assertThat(asked).containsExactly("topics", "outbox");
    }

    @Test
    void whereTheOutboxKnowsEverythingItIsAskedOnceAndPublishedAndHandled() {
        stand("order.events-3", true, known(7), known(8));
        RestoreCheck check = check();
        check.afterPropertiesSet();
        assertThat(check.mayPublish()).isTrue();
        assertThat(check.mayPublish()).isTrue();
        assertThatCode(check::beforeHandling).doesNotThrowAnyException();
        assertThat(check.forgottenMessages()).isZero();
        assertThat(asked).hasSize(2);
    }

    @Test
    void aRefusedStartSaysWhatHasHappenedWhereHowMuchAndWhatToDo() {
        stand("order.events-3", true, known(7), lost(8), lost(9));
        stand("payment.commands-11", false, lost(41));
        stand("order.events-10", true, known(1));
        var refusal = catchThrowableOfType(OutboxIsBehindException.class, check()::afterPropertiesSet);
        FailureAnalysis analysis = new OutboxIsBehindAnalyzer().analyze(new IllegalStateException(refusal));
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains("at least 3 messages of /s", "set back to an earlier point",
                "order.events-3: 2, at offsets 8 to 9", "payment.commands-11: at least 1, at offsets 41 to 41",
                "order/8 (up to 8)", "order/9 (up to 9)", "order/41").doesNotContain("order.events-10");
        assertThat(analysis.getAction()).contains("write-ahead log", "After a backup was restored",
                "waybill.messaging.restored.seen-to=order.events-3@9,payment.commands-11@41");
    }

    @Test
    void ofManyAggregatesTenAreNamedAndTheOthersCounted() {
        stand("order.events-3", true, IntStream.range(10, 42).mapToObj(RestoreCheckTest::lost).toArray(Own[]::new));
        assertThatThrownBy(check()::afterPropertiesSet).hasMessageContaining("order/19 (up to 19) and 22 others")
                .hasMessageNotContaining("order/20");
    }

    @Test
    void whatWasSeenToIsGoodUpToItsOffsetOnly() {
        stand("order.events-3", true, lost(8), lost(9));
        check("order.events-3@9", "order.events-4@1000").afterPropertiesSet();
        assertThatThrownBy(check("order.events-3@8")::afterPropertiesSet)
                .hasMessageContaining("order.events-3: 1, at offsets 9 to 9");
        assertThatThrownBy(check("order.events-4@9")::afterPropertiesSet).hasMessageContaining("offsets 8 to 9");
    }

    @Test
    void whatNamesNoPartitionAndOffsetIsRefused() {
        Stream.of("true", "order.events", "order.events-3", "order.events@3", "order.events-3@-1", "")
                .forEach(text -> assertThatIllegalArgumentException().as(text).isThrownBy(() -> check(text))
                        .withMessageContaining("seen-to"));
    }

    @Test
    void whereKafkaDoesNotAnswerItStartsAndNothingIsPublishedOrHandledBeforeItDoes() {
        kafkaAnswers = false;
        RestoreCheck check = check();
        check.afterPropertiesSet();
        assertThat(check.mayPublish()).isFalse();
        assertThatThrownBy(check::beforeHandling).hasMessageContaining("nobody there");
        assertThat(check.forgottenMessages()).isNaN();
        kafkaAnswers = true;
        assertThat(check.mayPublish()).isTrue();
        assertThatCode(check::beforeHandling).doesNotThrowAnyException();
    }

    @Test
    void whatTurnsOutLaterStaysSo() {
        kafkaAnswers = false;
        RestoreCheck check = check();
        check.afterPropertiesSet();
        kafkaAnswers = true;
        stand("order.events-3", true, lost(8));
        assertThat(check.mayPublish()).isFalse();
        tails.clear();
        check.interrupted();
        assertThat(check.mayPublish()).isFalse();
        assertThatThrownBy(check::beforeHandling).hasMessageContaining("1 messages");
        assertThat(check.forgottenMessages()).isEqualTo(1);
    }

    /** A standby that was behind may have taken the database's place. What is heard meanwhile is handled as before. */
    @Test
    void afterAFaultItIsAskedAgainBeforeAnythingIsPublished() {
        RestoreCheck check = check();
        check.afterPropertiesSet();
        check.interrupted();
        kafkaAnswers = false;
        assertThat(check.mayPublish()).isFalse();
        assertThatCode(check::beforeHandling).doesNotThrowAnyException();
        kafkaAnswers = true;
        stand("order.events-3", true, lost(8));
        assertThat(check.mayPublish()).isFalse();
        assertThat(check.state()).isInstanceOf(RestoreCheck.Behind.class);
    }

    private RestoreCheck check(String... seenTo) {
        return new RestoreCheck("/s", new MessagingSettings.Restored(List.of(seenTo), Duration.ofSeconds(1)), topics,
                outbox);
    }

    private void stand(String partition, boolean whole, Own... own) {
        int dash = partition.lastIndexOf('-');
        tails.add(new Tail(
                new TopicPartition(partition.substring(0, dash), Integer.parseInt(partition.substring(dash + 1))),
                whole, List.of(own)));
    }

    private Own known(int offset) {
        Own own = lost(offset);
        known.add(own.envelope().id());
        return own;
    }

    private static Own lost(int offset) {
        return new Own(offset,
                new Envelope(Ids.nextMessageId(), "/s", "dev.waybill.order.confirmed.v1", "order/" + offset,
                        Instant.now(), "k", (long) offset, 1, "c", null, null, null));
    }
}
