package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.rules.Finding;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What an audit has come to. */
public record Verdict(Evidence evidence, List<Finding> findings) {

    private static final int SHOWN = 30;

    public Verdict {
        findings = List.copyOf(findings);
    }

    public boolean isGreen() {
        return findings.isEmpty();
    }

    /** What is found about one order. */
    public List<Finding> about(String orderId) {
        return findings.stream().filter(finding -> orderId.equals(finding.orderId())).toList();
    }

    /** Of the orders that diverge, the one that was placed first; where none is known, the first that is named. */
    public Optional<String> firstDivergingOrder() {
        List<String> named = findings.stream().map(Finding::orderId).filter(Objects::nonNull).toList();
        return Stream.concat(evidence.orders().stream().map(Evidence.Order::id).filter(named::contains),
                named.stream()).findFirst();
    }

    /** For people: what was looked at, what is wrong, and the whole story of the first order that diverges. */
    public String report() {
        var report = new StringBuilder("Looked at %d orders, %d outbox rows, %d records, %d charges and %d parcels%n"
                .formatted(evidence.orders().size(), evidence.said().size(), evidence.heard().size(),
                        evidence.charges().size(), evidence.parcels().size()));
        if (isGreen()) {
            return report.append("Every invariant holds\n").toString();
        }
        report.append("%d findings%n".formatted(findings.size()));
        findings.stream().limit(SHOWN).forEach(finding -> report.append("  ").append(finding).append('\n'));
        if (findings.size() > SHOWN) {
            report.append("  … and %d more%n".formatted(findings.size() - SHOWN));
        }
        firstDivergingOrder().ifPresent(orderId -> report.append('\n').append(Timeline.of(orderId, evidence)));
        return report.toString();
    }

    @Override
    public String toString() {
        return report();
    }
}
