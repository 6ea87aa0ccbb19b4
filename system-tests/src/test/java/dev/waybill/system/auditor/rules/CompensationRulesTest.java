package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Noted;
import dev.waybill.system.auditor.evidence.Fact.Said;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

import static dev.waybill.system.auditor.rules.RuleAssert.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

class CompensationRulesTest {

    private static final String UNDONE = "I6 what was done or is in doubt is undone, the last first";
    private static final String ONE_BY_ONE = "I6 a step is undone only after the later one";
    private static final String JOURNAL = "I6 the journal tells of what was done and undone, in reverse";

    private final Situation situation = new Situation();

    @Test
    void whatWasDoneIsUndone() {
        situation.said.remove(command("void"));

        assertRed(situation, UNDONE, Situation.REJECTED,
                "so [void, release-stock] had to be commanded, and [release-stock] was");
    }

    @Test
    void theLastIsUndoneFirst() {
        Said undo = command("void");
        Said other = command("release-stock");
        situation.said.set(situation.said.indexOf(undo), new Said(undo.database(), other.row(), undo.letter()));
        situation.said.set(situation.said.indexOf(other), new Said(other.database(), undo.row(), other.letter()));

        assertRed(situation, UNDONE, Situation.REJECTED, "and [release-stock, void] was");
    }

    @Test
    void whatWasRefusedIsNotUndone() {
        situation.commanded(Situation.REJECTED, "shipping", "cancel-shipment", "shipment", "shipment-cancelled");

        assertRed(situation, UNDONE, Situation.REJECTED, "and [void, release-stock, cancel-shipment] was");
    }

    @Test
    void whatIsInDoubtIsUndoneEvenIfItTurnsOutToHaveBeenRefused() {
        situation.notes.add(2, new Noted("saga-2", Situation.REJECTED, 0, "book shipment", "IN_DOUBT"));

        assertRed(situation, UNDONE, Situation.REJECTED,
                "so [cancel-shipment, void, release-stock] had to be commanded");
    }

    @Test
    void whatNobodyAnsweredIsUndoneToo() {
        Heard refused = situation.heard(Situation.REJECTED, "shipment-refused");
        situation.heard.remove(refused);

        assertRed(situation, UNDONE, Situation.REJECTED,
                "so [cancel-shipment, void, release-stock] had to be commanded");
    }

    @Test
    void whatSucceededIsNotUndone() {
        situation.commanded(Situation.CONFIRMED, "payment", "void", "payment", "voided");

        assertRed(situation, UNDONE, Situation.CONFIRMED,
                "its saga is COMPLETED, so [] had to be commanded, and [void] was");
    }

    @Test
    void nothingIsUndoneBeforeTheLaterStepIs() {
        situation.heard.remove(situation.heard(Situation.REJECTED, "payment.voided"));

        assertRed(situation, ONE_BY_ONE, Situation.REJECTED,
                "dev.waybill.inventory.release-stock.v1 was commanded before dev.waybill.payment.void.v1 was done: null");
    }

    @Test
    void theJournalTellsOfTheSame() {
        Situation.remove(situation.notes,
                note -> note.step().equals("authorize payment") && note.kind().equals("UNDONE"));

        assertRed(situation, JOURNAL, Situation.REJECTED,
                "by its journal [authorize payment, reserve stock] was to be undone, and [reserve stock] was");
    }

    @Test
    void theJournalTellsOfItInReverse() {
        List<Noted> notes = situation.notes;
        Noted first = notes.get(3);
        Noted second = notes.get(4);
        notes.set(3, new Noted(first.sagaId(), first.orderId(), first.number(), second.step(), "UNDONE"));
        notes.set(4, new Noted(first.sagaId(), first.orderId(), second.number(), first.step(), "UNDONE"));

        assertRed(situation, JOURNAL, Situation.REJECTED, "and [reserve stock, authorize payment] was");
    }

    @Test
    void aCommandThatWasSentAgainIsNotUndoneTwice() {
        Said undo = command("void");
        situation.said.add(new Said("saga", 99, undo.letter()));
        situation.heardAgain(situation.heard(Situation.REJECTED, "payment.void.v1"));

        assertThat(situation.findings()).isEqualTo(Collections.emptyList());
    }

    @Test
    void whatAPersonHasResolvedIsLeftToThatPerson() {
        situation.said.remove(command("void"));
        situation.notes.add(new Noted("saga-2", Situation.REJECTED, 9, "authorize payment", "RESOLVED"));

        assertThat(situation.findings().stream().map(Finding::rule).filter(rule -> rule.startsWith("I6"))).isEmpty();
    }

    private Said command(String message) {
        return situation.said.stream().filter(said -> said.letter().message().equals(message)
                && said.letter().key().equals(Situation.REJECTED)).findFirst().orElseThrow();
    }
}
