package dev.waybill.console.flow;

import dev.waybill.console.Spoken;
import dev.waybill.console.flow.FlowSettings.Thresholds;
import dev.waybill.console.lag.ConsumerLag;
import dev.waybill.console.lag.GroupLag;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static dev.waybill.console.flow.Told.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Who is behind is told by what the broker has, and how fast topics grow by where they ended. */
class LagTroublesTest {

    private static final String GROUP = "payment-service.payment-commands";
    private static final String TOPIC = "payment.commands";

    private final Thresholds hurts = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("waybill.console.flow", FlowSettings.class).hurts();

    private static GroupLag group(String name, int members, long committed, long end, int behind) {
        return new GroupLag(name, true, "STABLE",
                members == 0 ? List.of() : List.of(new GroupLag.Member("1", "client", "localhost", List.of())),
                List.of(GroupLag.Partition.known(new TopicPartition(TOPIC, 0), committed, end,
                        Duration.ofSeconds(behind))));
    }

    private List<Trouble> of(GroupLag... groups) {
        return LagTroubles.of(new ConsumerLag.Look(NOW, List.of(groups)), NOW, hurts);
    }

    @Test
    void beingBehindHurtsBeyondItsBoundsAndIsToldInMessagesAndSeconds() {
        assertThat(of(group(GROUP, 1, 0, 42, 30))).isEmpty();
        assertThat(of(group(GROUP, 1, 0, 42, 31))).singleElement().satisfies(trouble -> {
            assertThat(trouble.ailment()).isEqualTo(Ailment.BEHIND);
            assertThat(trouble.about()).isEqualTo("payment-service");
            assertThat(trouble.words())
                    .isEqualTo("payment-service (payment-commands) is 42 messages behind, the oldest 31 s old");
            assertThat(trouble.link()).isEqualTo("/consumers#group-" + GROUP);
        });
        assertThat(of(group(GROUP, 1, 0, 42, 300))).extracting(Trouble::ailment).containsExactly(Ailment.BEHIND);
        assertThat(of(group(GROUP, 1, 0, 42, 301))).extracting(Trouble::ailment).containsExactly(Ailment.FAR_BEHIND);
    }

    @Test
    void aGroupThatNobodyReadsAsHurtsThoughNothingWaits() {
        assertThat(of(group(GROUP, 0, 42, 42, 0))).singleElement().satisfies(trouble -> {
            assertThat(trouble.ailment()).isEqualTo(Ailment.NOBODY_READS);
            assertThat(trouble.words()).isEqualTo("Nobody reads as " + GROUP);
        });
        assertThat(of(group(GROUP, 0, 40, 42, 5))).extracting(Trouble::words).containsExactly(
                "Nobody reads as " + GROUP + "; it is 2 messages behind, the oldest 5 s old");
    }

    @Test
    void ofAGroupThatHasNeverJoinedNobodySaysThatNothingWaits() {
        assertThat(of(new GroupLag(GROUP, true, "MISSING", List.of(), List.of()))).singleElement()
                .satisfies(trouble -> {
                    assertThat(trouble.ailment()).isEqualTo(Ailment.NOBODY_READS);
                    assertThat(trouble.words())
                            .isEqualTo("Nobody reads as " + GROUP + "; how much waits for it is not known");
                });
    }

    /** Whoever reads a topic once, with a tool, leaves a group that nobody waits for. */
    @Test
    void aGroupThatNobodyWaitsForDoesNotHurt() {
        GroupLag behind = group(GROUP, 1, 0, 42, 301);

        assertThat(of(behind)).isNotEmpty();
        assertThat(of(new GroupLag("console-consumer-1", false, "EMPTY", List.of(), behind.partitions()))).isEmpty();
    }

    @Test
    void whatCouldNotBeReadInTimeHurtsAsWhatWasKnownLast() {
        var partition = new TopicPartition(TOPIC, 0);

        assertThat(of(new GroupLag(GROUP, true, "STABLE", group(GROUP, 1, 0, 1, 0).members(),
                List.of(new GroupLag.Partition(partition, 0, 42, null, Duration.ofSeconds(31))))))
                .singleElement().satisfies(trouble -> {
                    assertThat(trouble.ailment()).isEqualTo(Ailment.BEHIND);
                    assertThat(trouble.words()).isEqualTo("payment-service (payment-commands) is 42 messages behind,"
                            + " for how long is not known, perhaps 31 s");
                });
    }

    @Test
    void thatTheBrokerDoesNotAnswerHurtsAfterAWhileAndFromTheBeginning() {
        var seen = new ConsumerLag.Look(NOW, List.of());
        assertThat(LagTroubles.of(seen, NOW.plusSeconds(60), hurts)).isEmpty();
        assertThat(LagTroubles.of(seen, NOW.plusSeconds(61), hurts)).extracting(Trouble::words).containsExactly(
                "How far consumers are behind is not known: the broker has not answered since %s UTC"
                        .formatted(Spoken.moment(NOW)));
        assertThat(LagTroubles.of(new ConsumerLag.Look(Instant.EPOCH, List.of()), NOW, hurts))
                .extracting(Trouble::words)
                .containsExactly("How far consumers are behind is not known: the broker has not answered yet");
    }

    @Test
    void aTopicGrowsAsFastAsItsEndsMoveWhoeverReadsIt() {
        var topics = new TopicRates();
        topics.see(new ConsumerLag.Look(NOW, List.of(group(GROUP, 1, 0, 100, 0), group("other", 1, 90, 100, 0))));
        assertThat(topics.written(TOPIC)).isEmpty();
        topics.see(new ConsumerLag.Look(NOW, List.of(group(GROUP, 1, 0, 900, 0))));
        assertThat(topics.written(TOPIC)).isEmpty();

        topics.see(new ConsumerLag.Look(NOW.plusSeconds(10),
                List.of(group(GROUP, 1, 0, 150, 0), group("other", 1, 90, 149, 0))));

        assertThat(topics.written(TOPIC).orElseThrow()).isEqualTo(5, within(1e-9));
        assertThat(topics.written("unknown")).isEmpty();
    }

    @Test
    void aTopicThatWasMadeAnewHasNoRateUntilThatIsPast() {
        var topics = new TopicRates();
        topics.see(new ConsumerLag.Look(NOW, List.of(group(GROUP, 1, 0, 100, 0))));
        topics.see(new ConsumerLag.Look(NOW.plusSeconds(10), List.of(group(GROUP, 1, 0, 5, 0))));
        assertThat(topics.written(TOPIC)).isEmpty();

        topics.see(new ConsumerLag.Look(NOW.plusSeconds(70), List.of(group(GROUP, 1, 0, 65, 0))));
        assertThat(topics.written(TOPIC).orElseThrow()).isEqualTo(1, within(1e-9));
    }

    @Test
    void onlyTheLastMinutesLooksAreKeptHoweverManyThereAre() {
        var topics = new TopicRates();
        for (int look = 0; look < 10_000; look++) {
            topics.see(new ConsumerLag.Look(NOW.plusMillis(100L * look), List.of(group(GROUP, 1, 0, look, 0))));
        }

        assertThat(topics.kept()).isLessThanOrEqualTo(120);
    }
}
