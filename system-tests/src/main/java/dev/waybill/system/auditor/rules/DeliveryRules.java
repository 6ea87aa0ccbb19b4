package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Evidence.Heard;
import dev.waybill.system.auditor.evidence.Evidence.Movement;
import dev.waybill.system.auditor.evidence.Evidence.Parcel;
import dev.waybill.system.auditor.evidence.Evidence.Parked;
import dev.waybill.system.auditor.evidence.Evidence.Relay;
import dev.waybill.system.auditor.evidence.Evidence.Said;
import dev.waybill.system.auditor.rules.Rule.Objections;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

/**
 * I4: every committed outbox row is on its topic at least once, as it was written, and nothing else is; every command is answered
 * by exactly one event; every effect is applied once.
 */
final class DeliveryRules {

    static final List<Rule> ALL = List.of(
            new Rule("I4 every outbox row is on its topic", DeliveryRules::saidIsHeard),
            new Rule("I4 nothing is on a topic that no outbox holds", DeliveryRules::heardWasSaid),
            new Rule("I4 every command is answered by exactly one event", DeliveryRules::answeredOnce),
            new Rule("I4 stock moves once for an order", DeliveryRules::stockMovesOnce),
            new Rule("I4 the gateway and the carrier are asked to do a thing once", DeliveryRules::outsideEffectsOnce),
            new Rule("I4 no message is put aside", DeliveryRules::nothingParked));

    /** That a command was put aside is no answer to it. */
    private static final String SAID_ABOUT_MESSAGES = "operations.events";

    private DeliveryRules() {}

    /** What has to be the same in the outbox and on the topic. */
    private record Message(String topic, @Nullable String key, Map<String, String> headers, String payload) {

        static Message of(Said said) {
            return new Message(said.topic(), said.key(), said.headers(), said.payload());
        }

        static Message of(Heard heard) {
            return new Message(heard.topic(), heard.key(), heard.headers(), heard.payload());
        }
    }

    private static void saidIsHeard(Evidence evidence, Objections objections) {
        Map<String, Long> positions = evidence.relays().stream().collect(toMap(Relay::database, Relay::position));
        Set<Message> onTopics = new HashSet<>();
        Map<String, Heard> byId = new HashMap<>();
        for (Heard heard : evidence.heard()) {
            onTopics.add(Message.of(heard));
            byId.putIfAbsent(heard.envelope().id(), heard);
        }
        evidence.said().stream().map(Said::database).distinct().filter(database -> !positions.containsKey(database))
                .forEach(database -> objections.about(null, "nobody publishes the outbox of %s", database));
        for (Said said : evidence.said()) {
            boolean published = said.id() <= positions.getOrDefault(said.database(), 0L);
            if (published && !onTopics.contains(Message.of(said))) {
                Heard other = byId.get(said.envelope().id());
                objections.about(said.key(), "outbox row %d of %s (%s) is not on %s%s", said.id(), said.database(),
                        said.envelope().type(), said.topic(),
                        other == null ? "" : " as it was written: " + difference(said, other));
            }
        }
    }

    private static String difference(Said said, Heard heard) {
        Map<String, String> differing = new TreeMap<>();
        compare(differing, "topic", said.topic(), heard.topic());
        compare(differing, "key", said.key(), heard.key());
        compare(differing, "payload", said.payload(), heard.payload());
        Set<String> names = new HashSet<>(said.headers().keySet());
        names.addAll(heard.headers().keySet());
        names.forEach(name -> compare(differing, name, said.headers().get(name), heard.headers().get(name)));
        return differing.toString();
    }

    private static void compare(Map<String, String> differing, String what, @Nullable String said,
            @Nullable String heard) {
        if (!String.valueOf(said).equals(String.valueOf(heard))) {
            differing.put(what, "%s became %s".formatted(said, heard));
        }
    }

    private static void heardWasSaid(Evidence evidence, Objections objections) {
        Set<Message> inOutboxes = new HashSet<>();
        evidence.said().forEach(said -> inOutboxes.add(Message.of(said)));
        for (Heard heard : evidence.heard()) {
            if (!inOutboxes.contains(Message.of(heard))) {
                objections.about(heard.key(), "%s (%s, id %s) is in no outbox in this form", heard.place(),
                        heard.envelope().type(), heard.envelope().id());
            }
        }
    }

    private static void answeredOnce(Evidence evidence, Objections objections) {
        Map<String, Map<String, Heard>> answers = new HashMap<>();
        Map<String, Heard> commands = new LinkedHashMap<>();
        for (Heard heard : evidence.heard()) {
            String cause = heard.envelope().causationId();
            if (heard.isCommand()) {
                commands.putIfAbsent(heard.envelope().id(), heard);
            } else if (cause != null && !heard.topic().equals(SAID_ABOUT_MESSAGES)) {
                answers.computeIfAbsent(cause, id -> new TreeMap<>()).putIfAbsent(heard.envelope().id(), heard);
            }
        }
        commands.forEach((id, command) -> {
            List<Heard> answeredBy = List.copyOf(answers.getOrDefault(id, Map.of()).values());
            if (answeredBy.size() != 1) {
                objections.about(command.key(), "the command %s (id %s, at %s) was answered by %d events: %s",
                        command.envelope().type(), id, command.place(), answeredBy.size(),
                        answeredBy.stream().map(answer -> "%s at %s".formatted(answer.envelope().type(),
                                answer.place())).toList());
            }
        });
    }

    private static void stockMovesOnce(Evidence evidence, Objections objections) {
        record Effect(String orderId, String sku, String kind) {}
        Function<Movement, Effect> effect = line -> new Effect(String.valueOf(line.orderId()), line.sku(),
                line.kind().equals("RESERVE") ? "reserved" : "released or committed");
        evidence.movements().stream()
                .filter(line -> line.orderId() != null && Set.of("RESERVE", "RELEASE", "COMMIT").contains(line.kind()))
                .collect(groupingBy(effect, counting())).forEach((moved, times) -> {
                    if (times > 1) {
                        objections.about(moved.orderId(), "%s was %s %d times", moved.sku(), moved.kind(), times);
                    }
                });
    }

    private static void outsideEffectsOnce(Evidence evidence, Objections objections) {
        record Effect(String orderId, String reference, String kind) {}
        evidence.charges().stream().filter(charge -> !charge.kind().equals("REFUND"))
                .collect(groupingBy(charge -> new Effect(charge.orderId(), charge.reference(), charge.kind()),
                        LinkedHashMap::new, counting()))
                .forEach((charge, times) -> {
                    if (times > 1) {
                        objections.about(charge.orderId(), "%s of %s stands in the books %d times", charge.kind(),
                                charge.reference(), times);
                    }
                });
        evidence.parcels().stream().collect(groupingBy(Parcel::orderId)).forEach((orderId, parcels) -> {
            if (parcels.size() > 1) {
                objections.about(orderId, "%d parcels were booked: %s", parcels.size(), parcels);
            }
        });
    }

    private static void nothingParked(Evidence evidence, Objections objections) {
        for (Parked parked : evidence.parked()) {
            objections.about(parked.key(), "%s of %s is %s: %s", parked.messageId(), parked.subscription(),
                    parked.state(), parked.reason());
        }
    }
}
