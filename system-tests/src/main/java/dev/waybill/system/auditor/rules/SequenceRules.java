package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Envelope;
import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Evidence.Heard;
import dev.waybill.system.auditor.evidence.Evidence.Said;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * I5, per aggregate: what it has said is numbered 1, 2, 3 … without a gap, and stands in that order on its topic once
 * duplicates are dropped.
 */
final class SequenceRules {

    static final List<Rule> ALL = List.of(
            new Rule("I5 no gap in what an aggregate has said", SequenceRules::noGapInTheOutbox),
            new Rule("I5 the aggregate's own counter agrees", SequenceRules::counterAgrees),
            new Rule("I5 no gap and no inversion on the topic", SequenceRules::orderedOnTheTopic));

    private SequenceRules() {}

    private record Subject(String source, String subject) {
        static Subject of(Envelope envelope) {
            return new Subject(envelope.source(), envelope.subject());
        }
    }

    private static void noGapInTheOutbox(Evidence evidence, Objections objections) {
        Map<Subject, List<Said>> events = new LinkedHashMap<>();
        for (Said said : evidence.said()) {
            if (said.envelope().sequence() != null) {
                events.computeIfAbsent(Subject.of(said.envelope()), subject -> new ArrayList<>()).add(said);
            }
        }
        events.forEach((subject, rows) -> {
            List<Long> numbers = rows.stream().map(said -> numberOf(said.envelope())).sorted().toList();
            if (!numbers.equals(LongStream.rangeClosed(1, rows.size()).boxed().toList())) {
                objections.about(rows.getFirst().key(), "%s has said %s", subject.subject(), numbers);
            }
        });
    }

    private static void counterAgrees(Evidence evidence, Objections objections) {
        Map<String, Long> said = new HashMap<>();
        for (Said row : evidence.said()) {
            if (row.envelope().sequence() != null) {
                said.merge(row.envelope().subject(), numberOf(row.envelope()), Math::max);
            }
        }
        var counters = new LinkedHashMap<String, Long>();
        evidence.orders().forEach(row -> counters.put("order/" + row.id(), row.eventSequence()));
        evidence.reservations().forEach(row -> counters.put("reservation/" + row.orderId(), row.eventSequence()));
        evidence.payments().forEach(row -> counters.put("payment/" + row.orderId(), row.eventSequence()));
        evidence.shipments().forEach(row -> counters.put("shipment/" + row.orderId(), row.eventSequence()));
        counters.forEach((subject, counter) -> {
            if (said.getOrDefault(subject, 0L) != counter.longValue()) {
                objections.about(subject.substring(subject.indexOf('/') + 1),
                        "%s has counted to %d, the last event it said is %d", subject, counter,
                        said.getOrDefault(subject, 0L));
            }
        });
    }

    private static void orderedOnTheTopic(Evidence evidence, Objections objections) {
        Map<Subject, List<Heard>> firsts = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        evidence.heard().stream().sorted(Comparator.comparing(Heard::topic).thenComparingInt(Heard::partition)
                .thenComparingLong(Heard::offset)).forEach(heard -> {
                    if (heard.envelope().sequence() != null && seen.add(heard.envelope().id())) {
                        firsts.computeIfAbsent(Subject.of(heard.envelope()), subject -> new ArrayList<>()).add(heard);
                    }
                });
        firsts.forEach((subject, records) -> {
            long partitions = records.stream().map(Heard::partition).distinct().count();
            if (partitions > 1) {
                objections.about(records.getFirst().key(), "%s is spread over %d partitions", subject.subject(),
                        partitions);
            }
            List<Long> numbers = records.stream().map(heard -> numberOf(heard.envelope())).toList();
            for (int i = 0; i < numbers.size(); i++) {
                long number = numbers.get(i);
                if (number != i + 1) {
                    boolean inverted = numbers.subList(i, numbers.size()).contains(i + 1L);
                    objections.about(records.get(i).key(), "%s: %s at %s, %d where %d had to come: %s",
                            subject.subject(), inverted ? "an inversion" : "a gap", records.get(i).place(), number,
                            i + 1, numbers);
                    break;
                }
            }
        });
    }

    private static long numberOf(Envelope envelope) {
        Long number = envelope.sequence();
        return number == null ? 0 : number;
    }
}
