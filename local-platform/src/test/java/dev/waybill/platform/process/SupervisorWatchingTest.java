package dev.waybill.platform.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SupervisorWatchingTest {

    @TempDir
    Path directory;

    @Test
    void partThatDiesByItselfIsStartedAgainAndItIsSaid() throws Exception {
        try (var supervision = new Supervision(directory, ScriptPart.steady("part", directory))) {
            supervision.awaitReady();
            ProcessId before = supervision.status("part").running().orElseThrow();

            before.signal("KILL");

            await().atMost(Duration.ofSeconds(10)).until(() -> supervision.said().contains("part is up again"));
            assertThat(supervision.status("part").restarts()).isEqualTo(1);
            assertThat(supervision.status("part").running().orElseThrow()).isNotEqualTo(before);
            assertThat(supervision.said())
                    .contains("part ended with exit code 137 (signal KILL); it is started again in 1 s");
        }
    }

    @Test
    void partThatIsHeldStaysDownForThatTime() throws Exception {
        try (var supervision = new Supervision(directory, ScriptPart.steady("part", directory))) {
            supervision.awaitReady();
            Instant until = Instant.now().plusSeconds(3);

            supervision.holds().hold("part", until);
            supervision.status("part").running().orElseThrow().killTree();

            await().until(() -> supervision.status("part").condition() == Condition.HELD);
            assertThat(supervision.status("part").until()).isEqualTo(until);
            await().atMost(Duration.ofSeconds(10)).until(() -> supervision.status("part").condition() == Condition.UP);
            assertThat(Instant.now()).isAfter(until);
            assertThat(supervision.said()).contains("part was ended on request");
        }
    }

    @Test
    void partThatIsReleasedBeforeItsTimeIsStartedAgainAtOnce() throws Exception {
        try (var supervision = new Supervision(directory, ScriptPart.steady("part", directory))) {
            supervision.awaitReady();
            Instant until = Instant.now().plusSeconds(3_600);
            supervision.holds().hold("part", until);
            supervision.status("part").running().orElseThrow().killTree();
            await().until(() -> supervision.status("part").condition() == Condition.HELD);

            supervision.holds().release("part");

            await().until(() -> supervision.status("part").condition() == Condition.UP);
            assertThat(Instant.now()).isBefore(until);
        }
    }

    @Test
    void oneDeathTouchesNoOtherPart() throws Exception {
        var other = ScriptPart.steady("other", directory).needing("part");
        try (var supervision = new Supervision(directory, ScriptPart.steady("part", directory), other)) {
            supervision.awaitReady();
            ProcessId before = supervision.status("other").running().orElseThrow();

            supervision.status("part").running().orElseThrow().signal("KILL");

            await().atMost(Duration.ofSeconds(10)).until(() -> supervision.status("part").restarts() == 1
                    && supervision.status("part").condition() == Condition.UP);
            assertThat(supervision.status("other").running()).contains(before);
        }
    }
}
