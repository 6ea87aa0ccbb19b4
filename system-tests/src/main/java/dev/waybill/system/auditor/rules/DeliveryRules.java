package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Parked;
import dev.waybill.system.auditor.evidence.Fact.Said;
import dev.waybill.system.auditor.evidence.Letter;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;

/**
 * I4, the messages: every committed outbox row is on its topic at least once, as it was written, and nothing else is; every command
 * is answered by exactly one event.
 */
final class DeliveryRules {

    static final List<Rule> ALL = List.of(
            Rule.always("I4 every outbox row is on its topic", DeliveryRules::saidIsHeard),
            Rule.atRest("I4 nothing is on a topic that no outbox holds", DeliveryRules::heardWasSaid),
            Rule.ofAll("I4 nothing is on a topic without a key", DeliveryRules::noStrays),
            Rule.atRest("I4 every command is answered by exactly one event", DeliveryRules::answeredOnce),
            Rule.always("I4 no message is put aside", DeliveryRules::nothingParked));

    private DeliveryRules() {}

    /** The rows are those that the relay has marked as published; the topics were read after that. */
    private static void saidIsHeard(Dossier dossier, Objections objections) {
        Set<Letter> heard = new HashSet<>();
        dossier.heard().forEach(record -> heard.add(record.letter()));
        for (Said said : dossier.said()) {
            if (!heard.contains(said.letter())) {
                objections.about(dossier, "outbox row %d of %s (%s) is not on %s%s", said.row(), said.database(),
                        said.letter().type(), said.letter().topic(), difference(said.letter(), dossier));
            }
        }
    }

    private static String difference(Letter said, Dossier dossier) {
        Letter other = dossier.heard().stream().map(Heard::letter).filter(letter -> letter.id().equals(said.id()))
                .findFirst().orElse(null);
        if (other == null) {
            return "";
        }
        var differing = new StringJoiner(", ", " as it was written: its ", "");
        note(differing, "topic", said.topic().equals(other.topic()));
        note(differing, "key", said.key().equals(other.key()));
        note(differing, "headers", said.headers() == other.headers());
        note(differing, "payload", said.payload() == other.payload());
        return differing + " differ";
    }

    private static void note(StringJoiner differing, String what, boolean same) {
        if (!same) {
            differing.add(what);
        }
    }

    private static void heardWasSaid(Dossier dossier, Objections objections) {
        Set<Letter> said = new HashSet<>();
        dossier.said().forEach(row -> said.add(row.letter()));
        for (Heard heard : dossier.heard()) {
            if (!said.contains(heard.letter())) {
                objections.about(dossier, "%s (%s, id %s) is in no outbox in this form", heard.place(),
                        heard.letter().type(), heard.letter().id());
            }
        }
    }

    private static void noStrays(Evidence evidence, Objections objections) {
        for (Heard stray : evidence.strays()) {
            objections.overall("%s (%s) has no key", stray.place(), stray.letter().type());
        }
    }

    private static void answeredOnce(Dossier dossier, Objections objections) {
        Map<UUID, Map<UUID, Heard>> answers = new HashMap<>();
        Map<UUID, Heard> commands = new LinkedHashMap<>();
        for (Heard heard : dossier.heard()) {
            UUID cause = heard.letter().causationId();
            if (heard.letter().isCommand()) {
                commands.putIfAbsent(heard.letter().id(), heard);
            } else if (cause != null && heard.letter().mayBeAnAnswer()) {
                answers.computeIfAbsent(cause, id -> new TreeMap<>()).putIfAbsent(heard.letter().id(), heard);
            }
        }
        commands.forEach((id, command) -> {
            List<Heard> answeredBy = List.copyOf(answers.getOrDefault(id, Map.of()).values());
            if (answeredBy.size() != 1) {
                objections.about(dossier, "the command %s (id %s, at %s) was answered by %d events: %s",
                        command.letter().type(), id, command.place(), answeredBy.size(), answeredBy.stream()
                                .map(answer -> "%s at %s".formatted(answer.letter().type(), answer.place())).toList());
            }
        });
    }

    private static void nothingParked(Dossier dossier, Objections objections) {
        for (Parked parked : dossier.parked()) {
            objections.about(dossier, "%s of %s is %s: %s", parked.messageId(), parked.subscription(), parked.state(),
                    parked.reason());
        }
    }
}
