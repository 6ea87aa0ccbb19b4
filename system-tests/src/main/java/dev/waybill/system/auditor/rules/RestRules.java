package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Pending;
import dev.waybill.system.auditor.evidence.Pending.Kind;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** I7, and of I3 that every order is settled: what has begun ends, soon after the last fault has healed. */
final class RestRules {

    static final List<Rule> ALL = List.of(
            Rule.ofAll("I3 every order is settled", overdue(EnumSet.of(Kind.ORDER))),
            Rule.ofAll("I7 no saga is stuck", overdue(EnumSet.of(Kind.SAGA, Kind.STUCK_SAGA))),
            Rule.ofAll("I7 no backlog", overdue(EnumSet.of(Kind.BACKLOG, Kind.OUTSIDE_CALL))),
            Rule.ofAll("I7 no lag", overdue(EnumSet.of(Kind.LAG))));

    private RestRules() {}

    private static BiConsumer<Evidence, Objections> overdue(Set<Kind> kinds) {
        return (evidence, objections) -> {
            for (Pending pending : evidence.overdue()) {
                if (kinds.contains(pending.kind())) {
                    objections.about(pending.orderId(), "%s, since %s", pending.what(), pending.since());
                }
            }
        };
    }
}
