package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Parked;
import dev.waybill.system.auditor.evidence.Fact.Said;
import dev.waybill.system.auditor.evidence.Letter;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import static dev.waybill.system.auditor.rules.RuleAssert.assertRed;
import static java.nio.charset.StandardCharsets.UTF_8;
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
    void aRowIsOnItsTopicEvenOfAnOrderThatIsUnderWay() {
        situation.underWay.add(Situation.CONFIRMED);
        situation.heard.remove(situation.heard(Situation.CONFIRMED, "payment.captured"));

        assertRed(situation, ON_ITS_TOPIC, Situation.CONFIRMED, "dev.waybill.payment.captured.v1");
    }

    @Test
    void aRowIsOnItsTopicWithTheSamePayload() {
        inAnotherForm(headers -> {}, "{\"amount\": 1}");

        assertRed(situation, ON_ITS_TOPIC, Situation.CONFIRMED, "as it was written: its payload differ");
        assertRed(situation, "I4 nothing is on a topic that no outbox holds", Situation.CONFIRMED,
                "is in no outbox in this form");
    }

    @Test
    void aRowIsOnItsTopicWithTheSameHeaders() {
        inAnotherForm(headers -> headers.put("ce_time", "2026-11-21T12:00:00Z"), "{}");

        assertRed(situation, ON_ITS_TOPIC, Situation.CONFIRMED, "as it was written: its headers differ");
    }

    @Test
    void aMessageWithoutAKeyIsNobodys() {
        situation.heard.add(new Heard(3, 99, Letter.of("order.events", "", Map.of("ce_type", "garbage"), new byte[0])));

        assertRed(situation, "I4 nothing is on a topic without a key", null, "order.events-3@99 (garbage) has no key");
    }

    private void inAnotherForm(Consumer<Map<String, String>> other, String payload) {
        Map<String, String> headers = new HashMap<>(Map.of("ce_id", "again " + Situation.CONFIRMED, "ce_type",
                "dev.waybill.payment.again.v1", "ce_subject", "payment/" + Situation.CONFIRMED));
        situation.said.add(new Said("payment", 9, Letter.of("payment.events", Situation.CONFIRMED, headers,
                "{}".getBytes(UTF_8))));
        other.accept(headers);
        situation.heard.add(new Heard(0, 98, Letter.of("payment.events", Situation.CONFIRMED, headers,
                payload.getBytes(UTF_8))));
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
    void aNoteThatACommandIsParkedIsNoAnswer() {
        situation.event(Situation.CONFIRMED, "operations", "operations", "command-parked",
                "reserve-stock " + Situation.CONFIRMED);

        assertThat(situation.findings()).isEmpty();
    }

    @Test
    void noMessageIsPutAside() {
        situation.parked.add(
                new Parked("payments", "payment-commands", Situation.CONFIRMED, "capture-1", "PARKED", "no sense"));

        assertRed(situation, "I4 no message is put aside", Situation.CONFIRMED, "PARKED: no sense");
    }

    @Test
    void nothingIsOnATopicThatNobodySaid() {
        situation.heard.add(new Heard(0, 99, Letter.of("payment.events", Situation.CONFIRMED,
                Map.of("ce_id", "invented", "ce_type", "dev.waybill.payment.captured.v1"), new byte[0])));

        assertRed(situation, "I4 nothing is on a topic that no outbox holds", Situation.CONFIRMED,
                "payment.events-0@99 (dev.waybill.payment.captured.v1, id ");
    }
}
