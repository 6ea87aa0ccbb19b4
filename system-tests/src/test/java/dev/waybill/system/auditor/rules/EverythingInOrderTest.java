package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence.Relay;
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
    void rowsBehindTheRelayNeedNotBePublishedYet() {
        situation.relays.replaceAll(relay -> relay.database().equals("saga")
                ? new Relay("saga", 0)
                : relay);

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
