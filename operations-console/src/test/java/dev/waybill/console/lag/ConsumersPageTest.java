package dev.waybill.console.lag;

import dev.waybill.console.PageFixture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Who reads what, how far behind, since when: and what nobody knows is said not to be known. */
class ConsumersPageTest extends PageFixture {

    private final String name = "payment-service." + UUID.randomUUID();

    @Autowired
    private ConsumerLag lag;

    @BeforeEach
    void theFirstLookIsOver() {
        await().until(() -> !lag.latest().at().equals(Instant.EPOCH));
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("payment.commands", number);
    }

    private static GroupLag.Member member(String client, Integer... partitions) {
        return new GroupLag.Member(client + "-0b6e4f", client, "10.0.0.7",
                List.of(partitions).stream().map(ConsumersPageTest::partition).toList());
    }

    private static GroupLag.Partition behind(int partition, long messages, @Nullable Duration behind) {
        return new GroupLag.Partition(partition(partition), 1_000, 1_000 + messages, behind, behind);
    }

    private GroupLag group(boolean expected, String state, List<GroupLag.Member> members,
            GroupLag.Partition... partitions) {
        return new GroupLag(name, expected, state, members, List.of(partitions));
    }

    private void seen(int secondsAgo, GroupLag group) {
        lag.seen(new ConsumerLag.Look(Instant.now().minusSeconds(secondsAgo), List.of(group)));
    }

    private String page() {
        return page(HttpStatus.OK, "/consumers");
    }

    @Test
    void whoReadsIsThereWithClientHostAndPartitions() {
        seen(0, group(true, "STABLE", List.of(member("left", 0, 1, 2, 5), member("right", 3, 4), member("spare")),
                IntStream.range(0, 6).mapToObj(n -> behind(n, 0, Duration.ZERO)).toArray(GroupLag.Partition[]::new)));

        assertThat(page()).contains("<b>3</b> members", "left-0b6e4f", "payment.commands 0–2, 5",
                "payment.commands 3–4", "none: there are more members than partitions", "right at 10.0.0.7",
                "to the broker the group is stable").doesNotContain(">nobody<", "nobody reads");
    }

    @Test
    void eachPartitionHasItsOwnHistory() {
        seen(300, group(true, "STABLE", List.of(member("left", 0, 1)), behind(0, 77, Duration.ofSeconds(5)),
                behind(1, 0, Duration.ZERO)));
        seen(0, group(true, "STABLE", List.of(member("left", 0, 1)), behind(0, 0, Duration.ZERO),
                behind(1, 0, Duration.ZERO)));

        String page = page();

        assertThat(found("aria-label=\"Lag in the last half hour: ([^\"]*)\"", page)).containsExactly(
                "at most 77 messages", "at most 77 messages", "none");
        assertThat(found("(<polyline points=\"[^\"]*\")", page)).hasSize(6);
    }

    @Test
    void aGroupThatHasNeverJoinedHasALagThatNobodyKnows() {
        seen(0, group(true, GroupLag.MISSING, List.of()));

        assertThat(page()).contains("has never joined, or is forgotten", "messages: <b>not known</b>",
                "behind: <b>not known</b>", "To the broker it is", "missing", "begins with the oldest message there is")
                .doesNotContain("</b> messages");
    }

    @Test
    void forHowLongItIsBehindIsNotKnownWhereTheRecordCouldNotBeRead() {
        seen(0, group(true, "STABLE", List.of(member("left", 0)), behind(0, 1_234, null)));

        assertThat(page()).contains("<b>1,234</b> messages", "behind: <b>not known</b>",
                "<td class=\"n\">not known</td>");
    }

    @Test
    void aGroupThatNobodyReadsAsIsSeenAndIsInTroubleIfItHasToBeThere() {
        seen(0, group(true, "EMPTY", List.of(), behind(0, 3, Duration.ofSeconds(90))));
        assertThat(page()).containsPattern("card bad").contains("<span class=\"trouble\">nobody reads</span>",
                "Nobody reads as this group.", "empty", "<td>nobody</td>", "1 min 30 s");

        seen(0, group(false, "EMPTY", List.of(), behind(0, 3, Duration.ofSeconds(90))));
        assertThat(page()).doesNotContain("card bad").contains("nobody reads; it need not be there");
    }

    @Test
    void whatWasSeenLastIsSaidToBeOldWhenThreeLooksHaveNotCome() {
        seen(10, group(true, "STABLE", List.of(member("left", 0)), behind(0, 3, Duration.ofSeconds(2))));
        assertThat(page()).doesNotContain("this is what was seen last");

        seen(20, group(true, "STABLE", List.of(member("left", 0)), behind(0, 3, Duration.ofSeconds(2))));
        assertThat(page()).containsPattern("(?s)role=\"alert\">.*has not answered for.*this is what was seen last");
    }

    @Test
    void whatAClientCallsItselfIsText() {
        seen(0, group(true, "STABLE", List.of(member(HOSTILE, 0)), behind(0, 3, null)));

        assertThat(page()).contains("&lt;script&gt;").doesNotContain("<script>");
    }
}
