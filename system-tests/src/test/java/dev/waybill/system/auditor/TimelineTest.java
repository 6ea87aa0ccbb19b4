package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Evidence.Amount;
import dev.waybill.system.auditor.evidence.Evidence.Heard;
import dev.waybill.system.auditor.evidence.Evidence.Order;
import dev.waybill.system.auditor.rules.Finding;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Evidence evidence = new Evidence(List.of(),
            List.of(order("order-1", NOON), order("order-2", NOON.plusSeconds(1))), List.of(), List.of(), List.of(),
            List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(record("order-1", 0, "second", 2), record("order-1", 1, "first", 1),
                    record("order-1", 2, "second", 2), record("order-2", 3, "other", 1)),
            List.of(), List.of(), List.of());

    @Test
    void tellsTheMessagesByLogicalTimeAndEachOnce() {
        assertThat(Timeline.of("order-1", evidence)).containsSubsequence("   1  test.first", "   2  test.second",
                "[order.events-0@0, order.events-0@2]", "Order\n  Order[id=order-1").doesNotContain("test.other");
    }

    @Test
    void isToldOfTheOrderThatWasPlacedFirst() {
        var verdict = new Verdict(evidence, List.of(new Finding("a rule", null, "something"),
                new Finding("a rule", "order-2", "this"), new Finding("a rule", "order-1", "that")));

        assertThat(verdict.firstDivergingOrder()).contains("order-1");
        assertThat(verdict.report()).contains("3 findings", "a rule: order order-2: this", "Order order-1");
    }

    @Test
    void isNotToldWhereEverythingHolds() {
        assertThat(new Verdict(evidence, List.of()).report()).contains("Every invariant holds")
                .doesNotContain("order-1");
    }

    private static Order order(String id, Instant placedAt) {
        return new Order(id, "alice", "CONFIRMED", null, new Amount(1, "EUR"), List.of(), placedAt, 1);
    }

    private static Heard record(String key, long offset, String id, long logicalTime) {
        return new Heard("order.events", 0, offset, key,
                Map.of("ce_id", id, "ce_type", "test." + id, "ce_logicaltime", Long.toString(logicalTime)), "{}");
    }
}
