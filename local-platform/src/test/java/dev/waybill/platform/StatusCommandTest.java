package dev.waybill.platform;

import dev.waybill.platform.process.ProcessId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class StatusCommandTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void processThatRunsAndDoesNotAnswerIsNotUp() throws IOException {
        ProcessId own = ProcessId.own();
        givenLedger(own, "kafka\tUP\t%d\t%s\t19092\t2/TERM/20\t3\t-".formatted(own.pid(), own.birth()));

        assertThat(status()).isEqualTo(1);
        assertThat(row("kafka")).contains("up, does not answer", "MiB", Long.toString(own.pid())).endsWith("3");
    }

    @Test
    void heldAndDyingProcessesSayWhenTheyComeBack() throws IOException {
        givenLedger(ProcessId.own(), "kafka\tHELD\t-\t-\t19092\t2/TERM/20\t0\t2000-01-01T00:00:00Z",
                "postgres\tPAUSED\t-\t-\t15432\t3/INT/20\t0\t2000-01-01T00:00:00Z");

        assertThat(status()).isEqualTo(1);
        assertThat(row("kafka")).contains("killed, again in 0 s");
        assertThat(row("postgres")).contains("died, again in 0 s");
    }

    @Test
    void processesWithoutTheirSupervisorAreToldOf() throws IOException {
        ProcessId own = ProcessId.own();
        givenLedger(new ProcessId(own.pid(), "gone"),
                "kafka\tUP\t%d\t%s\t19092\t2/TERM/20\t0\t-".formatted(own.pid(), own.birth()));

        assertThat(status()).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("Nobody watches over these processes any more");
    }

    @Test
    void ledgerOfALongGoneRunIsNoRun() throws IOException {
        givenLedger(new ProcessId(ProcessId.own().pid(), "gone"),
                "kafka\tUP\t1\tgone\t19092\t2/TERM/20\t0\t-");

        assertThat(status()).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("Waybill is not running");
    }

    private void givenLedger(ProcessId supervisor, String... parts) throws IOException {
        Path file = Files.createDirectories(directory.resolve("run")).resolve("processes");
        String head = "%d\t%s\tREADY".formatted(supervisor.pid(), supervisor.birth());
        Files.writeString(file, head + "\n" + String.join("\n", List.of(parts)) + "\n");
    }

    private int status() {
        // Ports of its own: a platform that happens to run here must not answer for this one.
        Settings settings = Settings.from(Map.of("WAYBILL_DATA_DIR", directory.toString(), "WAYBILL_PORT_OFFSET",
                "12999"));
        return new StatusCommand(settings, new PrintStream(out, true, UTF_8)).run();
    }

    private String row(String name) {
        return out.toString(UTF_8).lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow().strip();
    }
}
