package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Payment;
import dev.waybill.system.auditor.evidence.Fact.Said;
import org.junit.jupiter.api.Test;

import static dev.waybill.system.auditor.rules.RuleAssert.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

class SequenceRulesTest {

    private static final String ON_THE_TOPIC = "I5 no gap and no inversion on the topic";

    private final Situation situation = new Situation();

    @Test
    void whatIsSaidIsNumberedWithoutAGap() {
        Heard authorized = situation.heard(Situation.CONFIRMED, "payment.authorized");
        situation.heard.remove(authorized);
        situation.said.removeIf(row -> row.letter().equals(authorized.letter()));

        assertRed(situation, "I5 no gap in what an aggregate has said", Situation.CONFIRMED,
                "payment/order-1 has said [2]");
        assertRed(situation, ON_THE_TOPIC, Situation.CONFIRMED, "a gap at payment.events-0@1, 2 where 1 had to come");
    }

    @Test
    void theAggregateCountsWhatItSays() {
        Situation.replace(situation.payments, payment -> payment.orderId().equals(Situation.CONFIRMED),
                payment -> new Payment(payment.orderId(), payment.status(), 1380, 0, "pay-1", 3));

        assertRed(situation, "I5 the aggregate's own counter agrees", Situation.CONFIRMED,
                "payment/order-1 has counted to 3, the last event it said is 2");
    }

    @Test
    void whatIsSaidFirstStandsFirst() {
        Heard authorized = situation.heard(Situation.CONFIRMED, "payment.authorized");
        situation.heard.remove(authorized);
        situation.heardAgain(authorized);

        assertRed(situation, ON_THE_TOPIC, Situation.CONFIRMED, "an inversion at payment.events-0@1");
    }

    @Test
    void aDuplicateThatComesLateIsNoInversion() {
        situation.heardAgain(situation.heard(Situation.CONFIRMED, "payment.authorized"));

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void anAggregateKeepsToItsPartition() {
        Heard authorized = situation.heard(Situation.CONFIRMED, "payment.authorized");
        situation.heard.set(situation.heard.indexOf(authorized), new Heard(7, 0, authorized.letter()));

        assertRed(situation, ON_THE_TOPIC, Situation.CONFIRMED, "spread over 2 partitions");
    }

    @Test
    void theRowsThemselvesAreInOrder() {
        Said authorized = situation.said.stream().filter(row -> row.letter().type().contains("payment.authorized")
                && row.letter().key().equals(Situation.CONFIRMED)).findFirst().orElseThrow();
        situation.said.set(situation.said.indexOf(authorized),
                new Said(authorized.database(), 99, authorized.letter()));

        assertRed(situation, "I5 no gap in what an aggregate has said", Situation.CONFIRMED,
                "payment/order-1 has said [2, 1]");
    }

    @Test
    void anInversionIsFoundWhileTheOrderIsUnderWay() {
        situation.underWay.add(Situation.CONFIRMED);
        Heard authorized = situation.heard(Situation.CONFIRMED, "payment.authorized");
        situation.heard.remove(authorized);
        situation.heardAgain(authorized);

        assertRed(situation, ON_THE_TOPIC, Situation.CONFIRMED, "an inversion at payment.events-0@1");
    }
}
