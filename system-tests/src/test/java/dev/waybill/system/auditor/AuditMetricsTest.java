package dev.waybill.system.auditor;

import dev.waybill.system.auditor.rules.Finding;
import dev.waybill.system.auditor.rules.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AuditMetricsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everyInvariantIsThereAtNoughtWhereItHolds() throws IOException {
        assertThat(written(List.of())).contains("audit_violations{invariant=\"I1\"} 0",
                "audit_violations{invariant=\"I7\"} 0", "audit_last_look_timestamp_seconds 1795262400");
        assertThat(Rules.ALL).allSatisfy(rule -> assertThat(rule.name()).matches("I[1-7] .+"));
    }

    @Test
    void findingsAreCountedUnderTheInvariantThatTheyBreak() throws IOException {
        String rule = Rules.ALL.getFirst().name();
        assertThat(written(List.of(new Finding(rule, "order-1", "less than none"), new Finding(rule, null, "again"))))
                .contains("audit_violations{invariant=\"I1\"} 2", "audit_violations{invariant=\"I2\"} 0");
    }

    @Test
    void theLastLookReplacesTheOneBefore() throws IOException {
        written(List.of(new Finding("I4 nothing twice", "order-1", "twice")));
        assertThat(written(List.of())).contains("audit_violations{invariant=\"I4\"} 0");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whoeverMayReadOtherFilesThereMayReadIt() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "");
        written(List.of());
        assertThat(Files.getPosixFilePermissions(directory.resolve("audit.prom")))
                .isEqualTo(Files.getPosixFilePermissions(other));
    }

    private List<String> written(List<Finding> findings) throws IOException {
        Path file = directory.resolve("audit.prom");
        new AuditMetrics(file).write(findings, NOON);
        return Files.readAllLines(file);
    }
}
