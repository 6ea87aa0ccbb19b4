package dev.waybill.platform.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SupervisorStoppingTest {

    private static final String SAYS_WHEN_IT_ENDS = "trap 'echo $NAME >> $DIR/ended; exit 0' TERM; touch $READY; while :; do sleep 0.05; done";

    @TempDir
    Path directory;

    @Test
    void stagesAreStoppedOneAfterAnother() throws Exception {
        var database = ScriptPart.of("database", directory, SAYS_WHEN_IT_ENDS).stopping(3, Duration.ofSeconds(5));
        var broker = ScriptPart.of("broker", directory, SAYS_WHEN_IT_ENDS).stopping(2, Duration.ofSeconds(5));
        var service = ScriptPart.of("service", directory, SAYS_WHEN_IT_ENDS).stopping(0, Duration.ofSeconds(5));
        var supervision = new Supervision(directory, database, broker, service);
        supervision.awaitReady();

        supervision.close();

        assertThat(Files.readAllLines(directory.resolve("ended"))).containsExactly("service", "broker", "database");
        assertThat(Ledger.read(supervision.ledger()).orElseThrow().phase()).isEqualTo(Ledger.Phase.STOPPED);
    }

    @Test
    void whoDoesNotStopInTimeIsKilledWithAllItHasStarted() throws Exception {
        var deaf = ScriptPart.of("deaf", directory, "trap '' TERM; touch $READY; sleep 60; sleep 60").stopping(0,
                Duration.ofMillis(500));
        var supervision = new Supervision(directory, deaf);
        supervision.awaitReady();
        ProcessId process = supervision.status("deaf").running().orElseThrow();
        List<ProcessHandle> children = ProcessHandle.of(process.pid()).orElseThrow().descendants().toList();

        supervision.close();

        assertThat(process.alive()).isFalse();
        assertThat(children).isNotEmpty().allSatisfy(child -> assertThat(ProcessId.of(child.pid())).isEmpty());
        assertThat(supervision.said()).contains("deaf").contains("did not stop in time: killed");
    }

    @Test
    void everythingIsWatchedAndStoppedEvenWhenNothingCanBeWrittenAnyMore() throws Exception {
        var supervision = new Supervision(directory, ScriptPart.of("part", directory,
                "echo $$ >> $DIR/launched; touch $READY; exec sleep 60"));
        supervision.awaitReady();
        // Directories in place of the files: nobody can write there, not even root.
        Files.createDirectory(directory.resolve("processes.next"));
        Files.delete(directory.resolve("platform.log"));
        Files.createDirectory(directory.resolve("platform.log"));

        supervision.status("part").running().orElseThrow().signal("KILL");
        await().atMost(Duration.ofSeconds(10)).until(() -> supervision.said().contains("part is up again"));
        supervision.close();

        assertThat(Files.readAllLines(directory.resolve("launched"))).hasSize(2)
                .allSatisfy(pid -> assertThat(ProcessId.of(Long.parseLong(pid))).isEmpty());
        assertThat(supervision.said()).containsOnlyOnce("The log cannot be written")
                .containsOnlyOnce("The list of processes cannot be written");
    }

    @Test
    void partsAreNotStartedAgainOnceTheStopHasBegun() throws Exception {
        var supervision = new Supervision(directory, ScriptPart.steady("part", directory));
        supervision.awaitReady();

        supervision.close();
        supervision.close();

        assertThat(supervision.status("part").condition()).isEqualTo(Condition.DOWN);
        assertThat(supervision.status("part").restarts()).isZero();
    }

    @Test
    void stopDuringTheStartLeavesNothing() throws Exception {
        var slow = ScriptPart.of("slow", directory, "exec sleep 60");
        var waiting = ScriptPart.steady("waiting", directory).needing("slow");
        var supervision = new Supervision(directory, slow, waiting);

        supervision.close();

        assertThat(Ledger.read(supervision.ledger()).orElseThrow().running()).isEmpty();
        assertThat(supervision.status("waiting").condition()).isEqualTo(Condition.DOWN);
    }

    @Test
    void whatAKilledSupervisorLeftIsEndedFromItsLedger() throws Exception {
        Process orphan = new ProcessBuilder("sleep", "60").start();
        List<String> said = new ArrayList<>();
        var ledger = new Ledger(directory.resolve("processes"), new ProcessId(1, "a supervisor that is gone"),
                said::add);
        ledger.record(new PartStatus("orphan", Condition.UP, ProcessId.of(orphan.pid()).orElseThrow(), 1,
                new StopRule(0, "TERM", Duration.ofSeconds(5)), 0, null));

        new Stopping(said::add).stop(Ledger.read(directory.resolve("processes")).orElseThrow().running());

        assertThat(ProcessId.of(orphan.pid())).isEmpty();
        assertThat(said).singleElement().asString().contains("orphan").contains("stopped");
    }
}
