package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Noted;
import dev.waybill.system.auditor.evidence.Fact.Saga;
import dev.waybill.system.auditor.evidence.Fact.Said;
import dev.waybill.system.auditor.evidence.Letter;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * I6: the compensations are the completed and the in-doubt steps, in reverse. Shown twice, from what has little to do with each
 * other: by the commands and what the participants answered, and by the saga's journal. What a person has resolved is left to that person:
 * the steps that were waived were seen to by hand. Whether money, stock and parcel agree with how it ended, other rules say.
 */
final class CompensationRules {

    /** A step that can be undone, by its command, the answer that says no, and the command that undoes it. */
    private record Step(String name, String action, String refusal, String undo) {}

    private static final List<Step> STEPS = List.of(
            new Step("reserve stock", "reserve-stock", "stock-refused", "release-stock"),
            new Step("authorize payment", "authorize", "declined", "void"),
            new Step("book shipment", "book-shipment", "shipment-refused", "cancel-shipment"));

    private static final Set<String> ENDINGS = Set.of("dev.waybill.order.reject.v1", "dev.waybill.order.cancel.v1");

    static final List<Rule> ALL = List.of(
            Rule.atRest("I6 what was done or is in doubt is undone, the last first",
                    CompensationRules::undoneInReverse),
            Rule.atRest("I6 a step is undone only after the later one", CompensationRules::oneAfterTheOther),
            Rule.atRest("I6 the journal tells of what was done and undone, in reverse",
                    CompensationRules::journalAgrees));

    private CompensationRules() {}

    private static void undoneInReverse(Dossier dossier, Objections objections) {
        for (Saga saga : fulfillments(dossier)) {
            List<String> undone = undos(dossier, saga).stream().map(Letter::message).toList();
            List<String> expected = saga.status().equals("COMPENSATED") ? expectedUndos(dossier, saga) : List.of();
            if (!undone.equals(expected)) {
                objections.about(dossier, "its saga is %s, so %s had to be commanded, and %s was", saga.status(),
                        expected, undone);
            }
        }
    }

    /** Silence means unknown: a step that nobody has answered is in doubt, and so is one that the saga had given up. */
    private static List<String> expectedUndos(Dossier dossier, Saga saga) {
        List<String> expected = new ArrayList<>();
        Map<UUID, Letter> answers = answers(dossier);
        Map<String, Letter> commands = commands(dossier, saga);
        for (Step step : STEPS.reversed()) {
            Letter action = commands.get(step.action());
            if (action != null) {
                Letter answer = answers.get(action.id());
                boolean givenUp = dossier.notes().stream()
                        .anyMatch(note -> note.kind().equals("IN_DOUBT") && note.step().equals(step.name()));
                if (givenUp || answer == null || !answer.message().equals(step.refusal())) {
                    expected.add(step.undo());
                }
            }
        }
        return expected;
    }

    /** By logical time: whatever waits for an answer is later than it. */
    private static void oneAfterTheOther(Dossier dossier, Objections objections) {
        fulfillments(dossier).forEach(saga -> oneAfterTheOther(dossier, saga, objections));
    }

    private static void oneAfterTheOther(Dossier dossier, Saga saga, Objections objections) {
        Map<UUID, Letter> answers = answers(dossier);
        List<Letter> wayBack = new ArrayList<>(undos(dossier, saga));
        commands(dossier, saga).values().stream().filter(command -> ENDINGS.contains(command.type())).findFirst()
                .ifPresent(wayBack::add);
        for (int i = 1; i < wayBack.size(); i++) {
            Letter before = wayBack.get(i - 1);
            Letter answer = answers.get(before.id());
            if (answer == null || answer.logicalTime() >= wayBack.get(i).logicalTime()) {
                objections.about(dossier, "%s was commanded before %s was done: %s", wayBack.get(i).type(),
                        before.type(), answer);
            }
        }
    }

    private static void journalAgrees(Dossier dossier, Objections objections) {
        for (Saga saga : fulfillments(dossier)) {
            List<String> done = new ArrayList<>();
            List<String> undone = new ArrayList<>();
            boolean turnedBack = false;
            for (Noted note : dossier.notes()) {
                if (!note.sagaId().equals(saga.id())) {
                    continue;
                }
                switch (note.kind()) {
                    case "COMPENSATING" -> turnedBack = true;
                    case "DONE", "IN_DOUBT" -> {
                        if (!turnedBack) {
                            done.addFirst(note.step());
                        }
                    }
                    case "UNDONE" -> undone.add(note.step());
                    default -> {
                    }
                }
            }
            if (saga.status().equals("COMPENSATED") && (!turnedBack || !undone.equals(done))) {
                objections.about(dossier, "by its journal %s was to be undone, and %s was", done, undone);
            }
        }
    }

    private static List<Saga> fulfillments(Dossier dossier) {
        return dossier.sagas().stream().filter(saga -> saga.type().equals("order-fulfillment"))
                .filter(saga -> !dossier.isResolvedByAPerson(saga)).toList();
    }

    private static List<Letter> undos(Dossier dossier, Saga saga) {
        return commands(dossier, saga).values().stream()
                .filter(command -> STEPS.stream().anyMatch(step -> step.undo().equals(command.message()))).toList();
    }

    /** What one saga has commanded, by message and in its order; a command that was sent again stands where it was first. */
    private static Map<String, Letter> commands(Dossier dossier, Saga saga) {
        Map<String, Letter> commands = new LinkedHashMap<>();
        dossier.said().stream().map(Said::letter).filter(Letter::isCommand)
                .filter(command -> command.isOf(saga.id()))
                .forEach(command -> commands.putIfAbsent(command.message(), command));
        return commands;
    }

    private static Map<UUID, Letter> answers(Dossier dossier) {
        Map<UUID, Letter> answers = new HashMap<>();
        for (Heard heard : dossier.heard()) {
            UUID cause = heard.letter().causationId();
            if (cause != null && heard.letter().mayBeAnAnswer()) {
                answers.putIfAbsent(cause, heard.letter());
            }
        }
        return answers;
    }
}
