package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Fact.Movement;
import org.junit.jupiter.api.Test;

import static dev.waybill.system.auditor.rules.RuleAssert.assertRed;

class EffectRulesTest {

    private final Situation situation = new Situation();

    @Test
    void stockIsReservedOnceForAnOrder() {
        situation.movements.add(new Movement("FILTER-04", 6, "RESERVE", 2, 8, 2, Situation.CONFIRMED));

        assertRed(situation, "I4 stock moves once for an order", Situation.CONFIRMED, "FILTER-04 was reserved 2 times");
    }

    @Test
    void stockIsEitherReleasedOrCommitted() {
        situation.movements.add(new Movement("FILTER-04", 6, "RELEASE", 2, 8, -2, Situation.CONFIRMED));

        assertRed(situation, "I4 stock moves once for an order", Situation.CONFIRMED,
                "released or committed 2 times");
    }
}
