package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence;

import java.util.List;
import java.util.stream.Stream;

/** All rules there are, by invariant. */
public final class Rules {

    public static final List<Rule> ALL = Stream
            .of(StockRules.ALL, MoneyRules.ALL, SettlementRules.ALL, AgreementRules.ALL, DeliveryRules.ALL,
                    EffectRules.ALL, SequenceRules.ALL, CompensationRules.ALL, RestRules.ALL)
            .flatMap(List::stream).toList();

    private Rules() {}

    /** What is wrong; empty where everything holds. */
    public static List<Finding> judge(Evidence evidence) {
        return ALL.parallelStream().flatMap(rule -> rule.judge(evidence).stream()).toList();
    }
}
