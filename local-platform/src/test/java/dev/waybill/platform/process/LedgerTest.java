package dev.waybill.platform.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerTest {

    private static final StopRule RULE = new StopRule(2, "INT", Duration.ofSeconds(20));

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();

    @Test
    void thereIsNoneBeforeTheFirstStart() {
        assertThat(Ledger.read(directory.resolve("processes"))).isEmpty();
    }

    @Test
    void readerSeesWhatWasRecorded() {
        Path file = directory.resolve("processes");
        var up = new PartStatus("kafka", Condition.UP, ProcessId.own(), 19092, RULE, 3, null);
        var held = new PartStatus("order-service", Condition.HELD, null, 8081, RULE, 1,
                Instant.parse("2026-11-21T10:00:00Z"));

        var ledger = new Ledger(file, ProcessId.own(), said::add);
        ledger.record(up);
        ledger.record(held);
        ledger.enter(Ledger.Phase.READY);

        assertThat(Ledger.read(file)).contains(
                new Ledger.Snapshot(ProcessId.own(), Ledger.Phase.READY, List.of(up, held)));
    }

    @Test
    void whatCannotBeWrittenIsKnownAllTheSameAndSaidOnce() {
        var ledger = new Ledger(directory.resolve("missing").resolve("processes"), ProcessId.own(), said::add);
        var up = new PartStatus("kafka", Condition.UP, ProcessId.own(), 19092, RULE, 0, null);

        ledger.record(up);
        ledger.enter(Ledger.Phase.STOPPING);

        assertThat(ledger.all()).containsExactly(up);
        assertThat(said).singleElement().asString().contains("cannot be written");
    }

    @Test
    void startThatIsOnlyBeginningIsSeenWithWhatAnEarlierOneLeft() throws IOException {
        Path file = directory.resolve("processes");
        var left = new PartStatus("kafka", Condition.UP, ProcessId.own(), 19092, RULE, 0, null);

        new Ledger(file, ProcessId.own(), said::add).begin(
                List.of(ScriptPart.steady("kafka", directory), ScriptPart.steady("order-service", directory)),
                List.of(left));

        Ledger.Snapshot read = Ledger.read(file).orElseThrow();
        assertThat(read.phase()).isEqualTo(Ledger.Phase.STARTING);
        assertThat(read.running()).containsExactly(left);
        assertThat(read.part("order-service").orElseThrow().condition()).isEqualTo(Condition.WAITING);
    }

    @Test
    void onlyPartsWhoseVeryProcessLivesAreRunning() {
        Path file = directory.resolve("processes");
        var ledger = new Ledger(file, ProcessId.own(), said::add);
        ledger.record(new PartStatus("kafka", Condition.UP, ProcessId.own(), 19092, RULE, 0, null));
        ledger.record(new PartStatus("postgres", Condition.UP, new ProcessId(ProcessId.own().pid(), "another"), 15432,
                RULE, 0, null));

        assertThat(Ledger.read(file).orElseThrow().running()).extracting(PartStatus::name).containsExactly("kafka");
    }
}
