package dev.waybill.system.auditor.rules;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EverythingInOrderTest {

    private final Situation situation = new Situation();

    @Test
    void nothingIsFound() {
        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void messagesMayStandOnTheirTopicsTwice() {
        situation.heard.stream().toList().forEach(situation::heardAgain);

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void whatIsUnderWayNeedNotFitTogetherYet() {
        situation.underWay.add(Situation.CONFIRMED);
        situation.payments.removeIf(payment -> payment.orderId().equals(Situation.CONFIRMED));
        situation.parcels.clear();
        Situation.remove(situation.said, said -> said.letter().message().equals("confirmed"));

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void withoutAClientsLogTheOrdersSpeakForThemselves() {
        situation.asked.clear();

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void noTwoRulesHaveTheSameName() {
        assertThat(Rules.ALL).extracting(Rule::name).doesNotHaveDuplicates();
    }
}
