package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Fact.Amount;
import dev.waybill.system.auditor.evidence.Fact.Heard;
import dev.waybill.system.auditor.evidence.Fact.Order;
import dev.waybill.system.auditor.evidence.Letter;
import dev.waybill.system.auditor.evidence.StockBooks;
import dev.waybill.system.auditor.reading.FaultLog.Fault;
import dev.waybill.system.auditor.reading.Transcript;
import dev.waybill.system.auditor.rules.Finding;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Dossier first = dossier("order-1", record("order-1", 0, "second", 2),
            record("order-1", 1, "first", 1), record("order-1", 2, "second", 2));
    private final Dossier second = dossier("order-2", record("order-2", 3, "other", 1));
    private final Evidence evidence = new Evidence(List.of(), List.of(first, second), Set.of(), List.of(),
            new StockBooks(List.of(), List.of(), List.of(), List.of()), List.of());
    private final Circumstances circumstances = new Circumstances("4711",
            List.of(new Fault(NOON, "kill -9 of payment-service", NOON.plusSeconds(10))), Set.of(),
            Duration.ofMinutes(2));

    @Test
    void tellsTheMessagesByLogicalTimeAndEachOnce() {
        assertThat(Timeline.of(first, Transcript.empty())).containsSubsequence("   1  test.first", "   2  test.second",
                "[order.events-0@0, order.events-0@2]", "Order\n  Order[orderId=order-1").doesNotContain("test.other");
    }

    @Test
    void isToldOfTheOrderThatWasPlacedFirst() {
        var findings = List.of(new Finding("a rule", null, "something"), new Finding("a rule", "order-2", "this"),
                new Finding("a rule", "order-1", "that"));

        assertThat(Verdict.firstDivergingOrder(evidence, findings)).containsSame(first);
        assertThat(new Verdict(evidence, findings, circumstances, "Order order-1").report()).containsSubsequence(
                "Looked at 2 orders (0 of them under way)", "Seed 4711",
                "2026-11-21T12:00:00Z  kill -9 of payment-service, healed 2026-11-21T12:00:10Z", "3 findings",
                "a rule: order order-2: this", "Order order-1");
    }

    @Test
    void isNotToldWhereEverythingHolds() {
        assertThat(new Verdict(evidence, List.of(), circumstances, "").report()).contains("Every invariant holds")
                .doesNotContain("order-1");
    }

    private static Dossier dossier(String id, Heard... records) {
        var dossier = new Dossier(id);
        dossier.add(new Order(id, "alice", "CONFIRMED", null, new Amount(1, "EUR"), List.of(), NOON, 1));
        List.of(records).forEach(dossier::add);
        return dossier;
    }

    private static Heard record(String key, long offset, String id, long logicalTime) {
        return new Heard(0, offset, Letter.of("order.events", key,
                Map.of("ce_id", id, "ce_type", "test." + id, "ce_logicaltime", Long.toString(logicalTime)),
                new byte[0]));
    }
}
