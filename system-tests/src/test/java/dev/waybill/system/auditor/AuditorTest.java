package dev.waybill.system.auditor;

import dev.waybill.system.auditor.evidence.Fact.Acknowledgement;
import dev.waybill.system.auditor.evidence.Fact.Amount;
import dev.waybill.system.auditor.evidence.Fact.Asked;
import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.auditor.reading.ClientLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AuditorTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void saysWhenItCouldNotFindOut() {
        assertThat(run("--port-offset", "none")).isEqualTo(2);
        assertThat(run("--client-log", "does-not-exist")).isEqualTo(2);
        assertThat(run("--patience")).isEqualTo(2);
        assertThat(run("--everything")).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("The audit could not be made", "does-not-exist",
                "--patience needs a value", "--port-offset needs a number, not 'none'", "'--everything' is not known");
    }

    @Test
    void readsBackWhatTheClientLogged(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("client.log");
        var answered = new Asked(Instant.parse("2026-11-21T12:00:00.123456Z"), "key-1", "alice",
                List.of(new Line("FILTER-04", 2)), new Acknowledgement("order-1", new Amount(1380, "EUR")));
        var unanswered = new Asked(Instant.parse("2026-11-21T12:00:01Z"), "key-2", "alice",
                List.of(new Line("FILTER-04", 1)), null);
        ClientLog log = ClientLog.startIn(file);
        log.add(answered);
        log.add(unanswered);

        assertThat(ClientLog.read(file)).containsExactly(answered, unanswered).isEqualTo(log.asked());
    }

    private int run(String... arguments) {
        return Auditor.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
    }
}
