package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence.Heard;
import dev.waybill.system.auditor.evidence.Evidence.Movement;
import dev.waybill.system.auditor.evidence.Evidence.Parked;
import dev.waybill.system.auditor.evidence.Evidence.Relay;
import dev.waybill.system.auditor.evidence.Evidence.Said;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

import static dev.waybill.system.auditor.rules.RuleAssert.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

class DeliveryRulesTest {

    private static final String ON_ITS_TOPIC = "I4 every outbox row is on its topic";
    private static final String ANSWERED = "I4 every command is answered by exactly one event";

    private final Situation situation = new Situation();

    @Test
    void everyRowIsOnItsTopic() {
        Heard captured = situation.heard(Situation.CONFIRMED, "payment.captured");
        situation.heard.remove(captured);

        assertRed(situation, ON_ITS_TOPIC, Situation.CONFIRMED,
                "outbox row 2 of payment (dev.waybill.payment.captured.v1) is not on payment.events");
    }

    @Test
    void aRowIsOnItsTopicWithTheSamePayload() {
        Heard captured = situation.heard(Situation.CONFIRMED, "payment.captured");
        situation.heard.set(situation.heard.indexOf(captured), new Heard(captured.topic(), 0, captured.offset(),
                captured.key(), captured.headers(), "{\"amount\": 1}"));

        assertRed(situation, ON_ITS_TOPIC, Situation.CONFIRMED, "payload={} became {\"amount\": 1}");
        assertRed(situation, "I4 nothing is on a topic that no outbox holds", Situation.CONFIRMED,
                "is in no outbox in this form");
    }

    @Test
    void aRowIsOnItsTopicWithTheSameHeaders() {
        Heard captured = situation.heard(Situation.CONFIRMED, "payment.captured");
        Map<String, String> headers = new HashMap<>(captured.headers());
        headers.put("ce_source", "/nobody");
        situation.heard.set(situation.heard.indexOf(captured),
                new Heard(captured.topic(), 0, captured.offset(), captured.key(), headers, "{}"));

        assertRed(situation, ON_ITS_TOPIC, Situation.CONFIRMED, "ce_source=/payment became /nobody");
    }

    @Test
    void aCommandIsAnswered() {
        Heard answer = situation.heard(Situation.CONFIRMED, "stock-reserved");
        situation.heard.remove(answer);

        assertRed(situation, ANSWERED, Situation.CONFIRMED, "was answered by 0 events");
    }

    @Test
    void aCommandIsNotAnsweredTwice() {
        situation.event(Situation.CONFIRMED, "inventory", "reservation", "stock-reserved-again",
                "reserve-stock " + Situation.CONFIRMED);

        assertRed(situation, ANSWERED, Situation.CONFIRMED, "was answered by 2 events");
    }

    @Test
    void thatACommandWasPutAsideIsNoAnswerToIt() {
        situation.event(Situation.CONFIRMED, "operations", "parked-message", "command-parked",
                "reserve-stock " + Situation.CONFIRMED);
        situation.relays.add(new Relay("operations", 1));

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void stockIsReservedOnceForAnOrder() {
        situation.movements.add(new Movement("FILTER-04", 6, "RESERVE", 2, 8, 2, Situation.CONFIRMED));

        assertRed(situation, "I4 stock moves once for an order", Situation.CONFIRMED, "FILTER-04 was reserved 2 times");
    }

    @Test
    void stockIsEitherReleasedOrCommitted() {
        situation.movements.add(new Movement("FILTER-04", 6, "RELEASE", 2, 8, -2, Situation.CONFIRMED));

        assertRed(situation, "I4 stock moves once for an order", Situation.CONFIRMED,
                "released or committed 2 times");
    }

    @Test
    void noMessageIsPutAside() {
        situation.parked.add(
                new Parked("payments", "payment-commands", Situation.CONFIRMED, "capture-1", "PARKED", "no sense"));

        assertRed(situation, "I4 no message is put aside", Situation.CONFIRMED, "PARKED: no sense");
    }

    @Test
    void aRowThatNobodyPublishedIsFoundOnceTheRelayHasPassedIt() {
        situation.said.add(new Said("payment", 2, "payment.events", Situation.CONFIRMED,
                Map.of("ce_id", "lost", "ce_type", "dev.waybill.payment.lost.v1"), "{}"));

        assertRed(situation, ON_ITS_TOPIC, Situation.CONFIRMED, "dev.waybill.payment.lost.v1");
    }

    @Test
    void everyOutboxHasARelay() {
        Situation.remove(situation.relays, relay -> relay.database().equals("payment"));

        assertRed(situation, ON_ITS_TOPIC, null, "nobody publishes the outbox of payment");
    }

    @Test
    void nothingIsOnATopicThatNobodySaid() {
        situation.heard.add(new Heard("payment.events", 0, 99, Situation.CONFIRMED,
                Map.of("ce_id", "invented", "ce_type", "dev.waybill.payment.captured.v1"), "{}"));

        assertRed(situation, "I4 nothing is on a topic that no outbox holds", Situation.CONFIRMED,
                "payment.events-0@99 (dev.waybill.payment.captured.v1, id invented) is in no outbox in this form");
    }
}
