package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Pending;
import dev.waybill.system.auditor.evidence.Pending.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.waybill.system.auditor.rules.RuleAssert.assertRed;

class RestRulesTest {

    private final Situation situation = new Situation();

    @ParameterizedTest
    @CsvSource({"ORDER, I3 every order is settled, order-1", "SAGA, I7 no saga is stuck, order-1",
            "STUCK_SAGA, I7 no saga is stuck, order-1", "BACKLOG, I7 no backlog, order-1",
            "OUTSIDE_CALL, I7 no backlog, order-1", "LAG, I7 no lag,"})
    void whatHasBegunEnds(Kind kind, String rule, @Nullable String orderId) {
        situation.overdue.add(new Pending(kind, orderId, "has not ended", Situation.NOON));

        assertRed(situation, rule, orderId, "has not ended, since 2026-11-21T12:00:00Z");
    }
}
