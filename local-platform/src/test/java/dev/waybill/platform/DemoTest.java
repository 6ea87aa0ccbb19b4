package dev.waybill.platform;

import dev.waybill.platform.process.ProcessId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class DemoTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"frobnicate | There is no command 'frobnicate'.", "start --fast | '--fast'",
            "stop now | 'now'", "status --json | '--json'", "kill | NAME", "kill nobody | There is no process named",
            "upgrade | NAME", "upgrade kafka | There is no service named 'kafka'",
            "upgrade payment-service --set-back 0 | --set-back",
            "logs nobody | There is no process named", "load --rate 0 | --rate", "order --scenario nice | out-of-stock",
            "token | NAME"})
    void whatIsNotUnderstoodIsSaidWithExitCode2(String line, String part) {
        int exitCode = run(Map.of(), line.strip().split(" ", -1));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(part.strip());
    }

    @Test
    void nothingRunningIsNoFailureOfStopAndOneOfStatus() {
        assertThat(run(Map.of(), "stop")).isZero();
        assertThat(run(Map.of(), "status")).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("Waybill is not running");
    }

    @Test
    void stopEndsAStartThatHasOnlyBegun() throws IOException, InterruptedException {
        Process start = new ProcessBuilder("sleep", "60").start();
        ProcessId id = ProcessId.of(start.pid()).orElseThrow();
        Path ledger = Files.createDirectories(directory.resolve("run")).resolve("processes");
        Files.writeString(ledger, "%d\t%s\tSTARTING%n".formatted(id.pid(), id.birth()));

        assertThat(run(Map.of(), "stop")).isZero();

        assertThat(start.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(out.toString(UTF_8)).contains("Stopping Waybill", "Waybill has stopped");
    }

    @Test
    void fileThatCannotBeReadIsASentenceAndNoStackTrace() throws IOException {
        Files.createDirectories(directory.resolve("run").resolve("processes"));

        assertThat(run(Map.of(), "status")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("could not be read or written").hasLineCount(1);
    }

    @Test
    void whatDoesNotRunCannotBeAudited() {
        assertThat(run(Map.of(), "audit")).isEqualTo(2);
        assertThat(out.toString(UTF_8)).contains("Waybill is not running", "nothing to audit");
    }

    @Test
    void killWithoutARunningPlatformSaysSo() {
        assertThat(run(Map.of(), "kill", "kafka")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("nothing to kill");
    }

    @Test
    void upgradeWithoutARunningPlatformSaysSo() {
        assertThat(run(Map.of(), "upgrade", "payment-service")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("nothing to upgrade");
    }

    @Test
    void helpNamesEveryCommandAndScenario() {
        assertThat(run(Map.of(), "help")).isZero();
        assertThat(out.toString(UTF_8)).contains("start --detach", "status", "stop", "order", "load", "kill", "upgrade",
                "logs",
                "token", "audit", "reset", "happy, declined, insufficient-funds, out-of-stock");
    }

    @Test
    void anOffsetThatIsNoNumberIsRefused() {
        assertThat(run(Map.of("WAYBILL_PORT_OFFSET", "a lot"), "status")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("WAYBILL_PORT_OFFSET must be a number");
    }

    @Test
    void startSaysWhatIsNotBuilt() {
        assertThat(run(Map.of(), "start")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("Not built yet: simulators, order-service");
    }

    @Test
    void startSaysThatTheDataDirectoryCannotBeWritten() throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));

        assertThat(run(Map.of("WAYBILL_DATA_DIR", file.resolve("below").toString()), "start")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("cannot be written").contains("WAYBILL_DATA_DIR");
    }

    @Test
    void resetWipesWhatThePlatformRemembersAndNothingElse() throws IOException {
        Path remembered = Files.createDirectories(directory.resolve("kafka").resolve("data"));
        Path secret = Files.createFile(Files.createDirectories(directory.resolve("secrets")).resolve("webhooks"));
        Path foreign = Files.createFile(directory.resolve("somebody-elses.txt"));

        assertThat(run(Map.of(), "reset")).isZero();

        assertThat(remembered).doesNotExist();
        assertThat(secret).doesNotExist();
        assertThat(foreign).exists();
    }

    private int run(Map<String, String> environment, String... words) {
        Map<String, String> all = new HashMap<>(
                Map.of("WAYBILL_DATA_DIR", directory.toString(), "WAYBILL_HOME", directory.toString()));
        all.putAll(environment);
        return new Demo(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), all).run(words);
    }
}
