package dev.waybill.console.lag;

import dev.waybill.console.bulk.SteppedClock;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What the broker does not say is not known: neither how much waits, nor for how long. */
class LagReaderTest {

    private static final String GROUP = "payment-service.payment-commands";
    private static final TopicPartition FIRST = new TopicPartition("payment.commands", 0);
    private static final TopicPartition SECOND = new TopicPartition("payment.commands", 1);
    private static final ConsumerSettings SETTINGS = new ConsumerSettings("localhost:1", List.of(GROUP),
            Duration.ofSeconds(5), Duration.ofHours(24), Duration.ofMillis(300), Map.of());

    private final SteppedClock clock = new SteppedClock();
    private final Said broker = new Said();
    private final Map<RecordTimes.Place, Instant> written = new HashMap<>();
    private final RecordTimes times = new RecordTimes(new MockConsumer<>("earliest"), Duration.ZERO) {
        @Override
        Map<Place, Instant> of(Collection<Place> places) {
            return written.entrySet().stream().filter(each -> places.contains(each.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    };
    private final LagReader reader = new LagReader(broker, times, SETTINGS, clock);

    /** A broker that says what it is told to. */
    private static final class Said extends Broker {

        private final Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
        private final Map<String, ConsumerGroupDescription> described = new HashMap<>();
        private final Map<TopicPartition, Long> ends = new HashMap<>(Map.of(FIRST, 100L, SECOND, 100L));

        Said() {
            super(SETTINGS);
        }

        @Override
        Set<String> groups() {
            Set<String> groups = new HashSet<>(committed.keySet());
            groups.addAll(described.keySet());
            return groups;
        }

        @Override
        Map<String, ConsumerGroupDescription> descriptions(Collection<String> groups) {
            return described;
        }

        @Override
        Map<String, Map<TopicPartition, Long>> committed(Collection<String> groups) {
            return committed;
        }

        @Override
        Set<TopicPartition> partitions(Collection<String> topics) {
            return ends.keySet().stream().filter(each -> topics.contains(each.topic())).collect(Collectors.toSet());
        }

        @Override
        Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
            return ends;
        }

        @Override
        Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
            return Map.of(FIRST, 10L, SECOND, 20L);
        }
    }

    @AfterEach
    void close() {
        broker.destroy();
        times.destroy();
    }

    private void readsOnAt(long first, long second) {
        broker.committed.put(GROUP, Map.of(FIRST, first, SECOND, second));
    }

    private void written(TopicPartition partition, long offset, int secondsAgo) {
        written.put(new RecordTimes.Place(partition, offset), clock.instant().minusSeconds(secondsAgo));
    }

    private GroupLag look(int secondsLater) {
        clock.goOn(Duration.ofSeconds(secondsLater));
        return reader.read().stream().filter(group -> group.name().equals(GROUP)).findFirst().orElseThrow();
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void aGroupIsAsFarBehindAsItsOldestRecordIsOld() {
        readsOnAt(90, 100);
        written(FIRST, 90, 40);

        assertThat(look(0).behind()).isEqualTo(seconds(40));
        assertThat(look(5).behind()).isEqualTo(seconds(45));
        assertThat(look(0).presumed()).isEqualTo(seconds(45));
    }

    @Test
    void aRecordThatCouldNotBeReadInTimeHasAnAgeThatIsNotKnownAndWhichIsNotNought() {
        readsOnAt(90, 100);

        GroupLag group = look(0);

        assertThat(group.lag()).hasValue(10);
        assertThat(group.behind()).isNull();
        assertThat(group.partitions().getFirst().behind()).isNull();
        assertThat(group.partitions().getLast().behind()).isZero();
    }

    @Test
    void thenItIsPresumedToBeWhatItWasAndTheTimeSince() {
        readsOnAt(90, 100);
        written(FIRST, 90, 40);
        look(0);
        readsOnAt(95, 100);

        assertThat(look(60).behind()).isNull();
        assertThat(look(0).presumed()).isEqualTo(seconds(100));
        assertThat(look(20).presumed()).isEqualTo(seconds(120));

        written(FIRST, 95, 7);
        assertThat(look(0).behind()).isEqualTo(seconds(7));
        assertThat(look(0).presumed()).isEqualTo(seconds(7));
    }

    /** Else a broker that is slow to be read from would make an alarm of a group that is well. */
    @Test
    void ofAGroupThatKeepsUpItIsNotPresumedToGrow() {
        readsOnAt(90, 100);
        written(FIRST, 90, 40);
        look(0);
        for (long end = 110; end <= 130; end += 10) {
            readsOnAt(end - 10, 100);
            broker.ends.put(FIRST, end);

            assertThat(look(5).presumed()).isEqualTo(seconds(5));
        }
    }

    @Test
    void whatWasDoneWithHasNothingOlderThanTheTimeSince() {
        readsOnAt(100, 100);
        look(0);
        broker.ends.put(FIRST, 130L);

        assertThat(look(25).behind()).isNull();
        assertThat(look(0).presumed()).isEqualTo(seconds(25));
    }

    /** It is behind by what it will never see, and no message grows older by that. */
    @Test
    void whereAllThatItHadNotDoneWithHasExpiredNothingWaits() {
        readsOnAt(5, 100);
        broker.ends.put(FIRST, 10L);

        assertThat(look(0).lag()).hasValue(5);
        assertThat(look(60).behind()).isZero();
    }

    @Test
    void ofAGroupThatWasSetBackNothingIsPresumed() {
        readsOnAt(100, 100);
        look(0);
        readsOnAt(50, 100);

        assertThat(look(5).partitions().getFirst().presumed()).isNull();
    }

    @Test
    void onePartitionOfWhichItIsNotKnownMayBeTheWorst() {
        readsOnAt(90, 90);
        written(FIRST, 90, 40);

        GroupLag group = look(0);

        assertThat(group.behind()).isNull();
        assertThat(group.presumed()).isEqualTo(seconds(40));
    }

    @Test
    void ofAGroupThatHasNeverJoinedNothingIsKnown() {
        GroupLag group = look(0);

        assertThat(group.state()).isEqualTo(GroupLag.MISSING);
        assertThat(group.lag()).isEmpty();
        assertThat(group.behind()).isNull();
        assertThat(group.presumed()).isNull();
        assertThat(group.isDead()).isTrue();
    }

    @Test
    void aGroupWhoseMembersHaveDoneNothingYetHasAllThatIsThereBeforeIt() {
        broker.described.put(GROUP, new ConsumerGroupDescription(GROUP, false,
                List.of(new MemberDescription("consumer-1-0b6e", Optional.empty(), Optional.empty(), "consumer-1",
                        "/10.0.0.7", new MemberAssignment(Set.of(FIRST)), Optional.empty(), Optional.empty(),
                        Optional.empty())),
                "cooperative-sticky", GroupType.CLASSIC, GroupState.PREPARING_REBALANCE, Node.noNode(), Set.of(),
                Optional.empty(), Optional.empty()));

        GroupLag group = look(0);

        assertThat(group.lag()).hasValue(90 + 80);
        assertThat(group.state()).isEqualTo("PREPARING_REBALANCE");
        assertThat(group.members()).containsExactly(
                new GroupLag.Member("consumer-1-0b6e", "consumer-1", "10.0.0.7", List.of(FIRST)));
    }
}
