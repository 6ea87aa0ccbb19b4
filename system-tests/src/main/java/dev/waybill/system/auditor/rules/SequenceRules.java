package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Order;
import dev.waybill.system.auditor.evidence.Fact.Payment;
import dev.waybill.system.auditor.evidence.Fact.Reservation;
import dev.waybill.system.auditor.evidence.Fact.Said;
import dev.waybill.system.auditor.evidence.Fact.Shipment;
import dev.waybill.system.auditor.evidence.Letter;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * I5, per aggregate: what it has said is numbered 1, 2, 3 … without a gap, in the order of its rows, and stands in that order on
 * its topic once duplicates are dropped. Of an order that is under way this holds for as much as there is.
 */
final class SequenceRules {

    static final List<Rule> ALL = List.of(
            Rule.always("I5 no gap in what an aggregate has said", SequenceRules::noGapInTheOutbox),
            Rule.always("I5 no gap and no inversion on the topic", SequenceRules::orderedOnTheTopic),
            Rule.atRest("I5 the aggregate's own counter agrees", SequenceRules::counterAgrees));

    private SequenceRules() {}

    private record Speaker(String source, String subject) {
        static Speaker of(Letter letter) {
            return new Speaker(letter.source(), letter.subject());
        }
    }

    private static void noGapInTheOutbox(Dossier dossier, Objections objections) {
        Map<Speaker, List<Long>> said = new LinkedHashMap<>();
        for (Said row : dossier.said()) {
            if (row.letter().sequence() != 0) {
                said.computeIfAbsent(Speaker.of(row.letter()), speaker -> new ArrayList<>())
                        .add(row.letter().sequence());
            }
        }
        said.forEach((speaker, numbers) -> {
            if (!numbers.equals(LongStream.rangeClosed(1, numbers.size()).boxed().toList())) {
                objections.about(dossier, "%s has said %s", speaker.subject(), numbers);
            }
        });
    }

    private static void orderedOnTheTopic(Dossier dossier, Objections objections) {
        Map<Speaker, List<Heard>> firsts = new LinkedHashMap<>();
        Set<UUID> seen = new HashSet<>();
        for (Heard heard : dossier.heard()) {
            if (heard.letter().sequence() != 0 && seen.add(heard.letter().id())) {
                firsts.computeIfAbsent(Speaker.of(heard.letter()), speaker -> new ArrayList<>()).add(heard);
            }
        }
        firsts.forEach((speaker, records) -> inOrder(speaker, records, dossier, objections));
    }

    private static void inOrder(Speaker speaker, List<Heard> records, Dossier dossier, Objections objections) {
        long partitions = records.stream().map(Heard::partition).distinct().count();
        if (partitions > 1) {
            objections.about(dossier, "%s is spread over %d partitions", speaker.subject(), partitions);
        }
        List<Long> numbers = records.stream().map(heard -> heard.letter().sequence()).toList();
        for (int i = 0; i < numbers.size(); i++) {
            long number = numbers.get(i);
            if (number != i + 1) {
                boolean inverted = numbers.subList(i, numbers.size()).contains(i + 1L);
                objections.about(dossier, "%s: %s at %s, %d where %d had to come: %s", speaker.subject(),
                        inverted ? "an inversion" : "a gap", records.get(i).place(), number, i + 1, numbers);
                return;
            }
        }
    }

    private static void counterAgrees(Dossier dossier, Objections objections) {
        Order order = dossier.order();
        if (order != null) {
            counted("order/", order.eventSequence(), dossier, objections);
        }
        Reservation reservation = dossier.reservation();
        if (reservation != null) {
            counted("reservation/", reservation.eventSequence(), dossier, objections);
        }
        Payment payment = dossier.payment();
        if (payment != null) {
            counted("payment/", payment.eventSequence(), dossier, objections);
        }
        Shipment shipment = dossier.shipment();
        if (shipment != null) {
            counted("shipment/", shipment.eventSequence(), dossier, objections);
        }
    }

    private static void counted(String speaker, long counter, Dossier dossier, Objections objections) {
        long last = dossier.said().stream().filter(said -> said.letter().speaker().equals(speaker))
                .mapToLong(said -> said.letter().sequence()).max().orElse(0);
        if (last != counter) {
            objections.about(dossier, "%s%s has counted to %d, the last event it said is %d", speaker,
                    dossier.orderId(), counter, last);
        }
    }
}
