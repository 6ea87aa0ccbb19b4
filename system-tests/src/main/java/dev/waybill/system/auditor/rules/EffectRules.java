package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Fact.Charge;
import dev.waybill.system.auditor.evidence.Fact.Movement;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

/** I4, the effects: each is applied once, in the stock and in the outside world. */
final class EffectRules {

    static final List<Rule> ALL = List.of(
            Rule.always("I4 stock moves once for an order", EffectRules::stockMovesOnce),
            Rule.always("I4 the gateway and the carrier are asked to do a thing once",
                    EffectRules::outsideEffectsOnce));

    private EffectRules() {}

    private static void stockMovesOnce(Dossier dossier, Objections objections) {
        record Effect(String sku, String kind) {}
        Function<Movement, Effect> effect = line -> new Effect(line.sku(),
                line.kind().equals("RESERVE") ? "reserved" : "released or committed");
        dossier.movements().stream().filter(line -> Set.of("RESERVE", "RELEASE", "COMMIT").contains(line.kind()))
                .collect(groupingBy(effect, counting())).forEach((moved, times) -> {
                    if (times > 1) {
                        objections.about(dossier, "%s was %s %d times", moved.sku(), moved.kind(), times);
                    }
                });
    }

    private static void outsideEffectsOnce(Dossier dossier, Objections objections) {
        record Effect(String reference, String kind) {}
        Function<Charge, Effect> effect = charge -> new Effect(charge.reference(), charge.kind());
        dossier.charges().stream().filter(charge -> !charge.kind().equals("REFUND"))
                .collect(groupingBy(effect, LinkedHashMap::new, counting())).forEach((charge, times) -> {
                    if (times > 1) {
                        objections.about(dossier, "%s of %s stands in the books %d times", charge.kind(),
                                charge.reference(), times);
                    }
                });
        if (dossier.parcels().size() > 1) {
            objections.about(dossier, "%d parcels were booked: %s", dossier.parcels().size(), dossier.parcels());
        }
    }
}
