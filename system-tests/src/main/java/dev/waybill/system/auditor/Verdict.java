package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.rules.Finding;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

import static java.util.stream.Collectors.toSet;

/**
 * What a look has come to.
 *
 * @param timeline the whole story of the first order that diverges; empty where none does
 */
public record Verdict(Evidence evidence, List<Finding> findings, Circumstances circumstances, String timeline) {

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

    /** Of the orders that diverge, the one that was placed first. */
    static Optional<Dossier> firstDivergingOrder(Evidence evidence, List<Finding> findings) {
        Set<String> named = findings.stream().flatMap(finding -> Optional.ofNullable(finding.orderId()).stream())
                .collect(toSet());
        return evidence.dossiers().stream().filter(dossier -> named.contains(dossier.orderId())).findFirst();
    }

    /** What was looked at, in one line. */
    public String summary() {
        long underWay = evidence.dossiers().stream().filter(dossier -> !evidence.isAtRest(dossier)).count();
        return "%,d orders (%,d of them under way), %,d outbox rows, %,d records, %,d charges, %,d parcels".formatted(
                evidence.dossiers().size(), underWay, count(dossier -> dossier.said().size()),
                count(dossier -> dossier.heard().size()), count(dossier -> dossier.charges().size()),
                count(dossier -> dossier.parcels().size()));
    }

    private int count(ToIntFunction<Dossier> what) {
        return evidence.dossiers().stream().mapToInt(what).sum();
    }

    /** For people: what was looked at, what is wrong, under what circumstances, and one order's whole story. */
    public String report() {
        var report = new StringBuilder("Looked at ").append(summary()).append('\n');
        if (isGreen()) {
            return report.append("Every invariant holds\n").toString();
        }
        if (circumstances.seed() != null) {
            report.append("Seed ").append(circumstances.seed()).append('\n');
        }
        if (!circumstances.faults().isEmpty()) {
            report.append("Faults\n");
            circumstances.faults().forEach(fault -> report.append("  ").append(fault).append('\n'));
        }
        if (!circumstances.foreign().isEmpty()) {
            report.append("%,d records put on topics on purpose are left out%n".formatted(
                    circumstances.foreign().size()));
        }
        report.append("%,d findings%n".formatted(findings.size()));
        findings.stream().limit(SHOWN).forEach(finding -> report.append("  ").append(finding).append('\n'));
        if (findings.size() > SHOWN) {
            report.append("  … and %,d more%n".formatted(findings.size() - SHOWN));
        }
        return report.append(timeline.isEmpty() ? "" : "\n" + timeline).toString();
    }

    @Override
    public String toString() {
        return report();
    }
}
