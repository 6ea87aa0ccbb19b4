package dev.waybill.system.auditor;

import dev.waybill.system.auditor.rules.Finding;
import dev.waybill.system.auditor.rules.Rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last audit's result as a file in Prometheus' text format, for whoever collects such files: a program that has ended cannot
 * be scraped. {@code audit_violations{invariant}} is there for every invariant, at nought where it holds.
 */
final class AuditMetrics {

    private final Path file;

    AuditMetrics(Path file) {
        this.file = file;
    }

    /** Replaces what stood there at once: nobody reads half of it. */
    void write(Collection<Finding> findings, Instant at) {
        SortedMap<String, Long> violations = new TreeMap<>();
        Rules.ALL.forEach(rule -> violations.put(invariantOf(rule.name()), 0L));
        findings.forEach(finding -> violations.merge(invariantOf(finding.rule()), 1L, Long::sum));
        var text = new StringBuilder(
                """
                        # HELP audit_violations What the last audit has found against an invariant, at most some thousand findings a rule.
                        # TYPE audit_violations gauge
                        """);
        violations.forEach((invariant, count) -> text
                .append("audit_violations{invariant=\"%s\"} %d\n".formatted(invariant, count)));
        text.append("""
                # HELP audit_last_look_timestamp_seconds When that was.
                # TYPE audit_last_look_timestamp_seconds gauge
                audit_last_look_timestamp_seconds %d
                """.formatted(at.getEpochSecond()));
        try {
            // Of another audit at the same time it is another one, and everybody may read it, as node_exporter has to.
            Path unfinished = file.resolveSibling("%s.%d".formatted(file.getFileName(), ProcessHandle.current().pid()));
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rule's name begins with it. */
    private static String invariantOf(String rule) {
        return rule.substring(0, rule.indexOf(' '));
    }
}
