package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Said;
import dev.waybill.system.auditor.evidence.Letter;
import dev.waybill.system.auditor.reading.Transcript;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Everything that is known about one order: what its customer asked, its messages by logical time, the books, the rows. What a
 * message says is not shown, as it may say where somebody lives; where it became another on its way, it is said in what.
 */
final class Timeline {

    private final Dossier dossier;
    private final Transcript transcript;
    private final StringBuilder text = new StringBuilder();

    private Timeline(Dossier dossier, Transcript transcript) {
        this.dossier = dossier;
        this.transcript = transcript;
    }

    static String of(Dossier dossier, Transcript transcript) {
        var timeline = new Timeline(dossier, transcript);
        timeline.text.append("Order ").append(dossier.orderId()).append('\n');
        timeline.section("The client's log", dossier.asked());
        timeline.messages();
        timeline.section("The gateway's books", dossier.charges());
        timeline.section("The carrier's books", dossier.parcels());
        timeline.section("Order", listOf(dossier.order()));
        timeline.section("Saga", dossier.sagas());
        timeline.section("Journal", dossier.notes());
        timeline.section("Reservation", listOf(dossier.reservation()));
        timeline.section("Stock movements", dossier.movements());
        timeline.section("Payment", listOf(dossier.payment()));
        timeline.section("Shipment", listOf(dossier.shipment()));
        timeline.section("Put aside", dossier.parked());
        return timeline.text.toString();
    }

    private static Collection<?> listOf(@Nullable Object one) {
        return one == null ? List.of() : List.of(one);
    }

    private void section(String title, Collection<?> facts) {
        text.append(title).append(facts.isEmpty() ? ": nothing\n" : "\n");
        facts.forEach(one -> text.append("  ").append(one).append('\n'));
    }

    /** Where a message stands. */
    private record Places(Letter letter, Set<String> rows, Set<String> places, Set<String> differing) {}

    private void messages() {
        Map<UUID, Places> messages = new LinkedHashMap<>();
        Comparator<Letter> byTime = Comparator.comparingLong(Letter::logicalTime);
        dossier.said().stream().sorted(Comparator.comparing(Said::letter, byTime))
                .forEach(said -> of(messages, said.letter()).rows().add(said.database() + " " + said.row()));
        for (Heard heard : dossier.heard()) {
            Places message = of(messages, heard.letter());
            message.places().add(heard.place());
            dossier.said().stream().filter(said -> said.letter().id().equals(heard.letter().id()))
                    .forEach(said -> message.differing().addAll(transcript.differences(said, heard)));
        }
        text.append("Messages, by logical time\n");
        messages.values().stream().sorted(Comparator.comparing(Places::letter, byTime)).forEach(message -> {
            Letter letter = message.letter();
            text.append("  %4d  %-45s %s  caused by %s  in the outbox %s  on the topic %s%s%n".formatted(
                    letter.logicalTime(), letter.type(), letter.id(), letter.causationId(), message.rows(),
                    message.places(), message.differing().isEmpty() ? "" : "  differing: " + message.differing()));
        });
    }

    private static Places of(Map<UUID, Places> messages, Letter letter) {
        return messages.computeIfAbsent(letter.id(),
                id -> new Places(letter, new LinkedHashSet<>(), new LinkedHashSet<>(), new TreeSet<>()));
    }
}
