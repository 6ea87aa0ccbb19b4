package dev.waybill.system.auditor.rules;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Says that a rule turned red, and named the order and what differs. */
final class RuleAssert {

    private RuleAssert() {}

    static void assertRed(Situation situation, String rule, @Nullable String orderId, String what) {
        assertThat(situation.findings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.orderId()).isEqualTo(orderId);
            assertThat(finding.what()).contains(what);
        });
    }
}
