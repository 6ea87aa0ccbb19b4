package dev.waybill.platform.process;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessIdTest {

    @Test
    void runningProcessIsAlive() {
        assertThat(ProcessId.own().alive()).isTrue();
    }

    @Test
    void sameNumberWithAnotherBirthIsAnotherProcess() {
        ProcessId earlier = new ProcessId(ProcessId.own().pid(), "of an earlier boot");

        assertThat(earlier.alive()).isFalse();
    }

    @Test
    void processOfAnotherBirthIsNeverSignalled() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "30").start();
        try {
            new ProcessId(process.pid(), "of an earlier boot").signal("KILL");
            new ProcessId(process.pid(), "of an earlier boot").killTree();

            assertThat(ProcessId.of(process.pid()).orElseThrow().awaitEnd(Duration.ofMillis(200))).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void signalThatJavaDoesNotKnowArrivesToo() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c",
                "trap 'exit 7' USR1; echo ready; while :; do sleep 0.05; done").start();
        try (var said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("ready");

            ProcessId.of(process.pid()).orElseThrow().signal("USR1");

            assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(7);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void killingATreeEndsWhatTheProcessHasStarted() throws IOException, InterruptedException {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 30 & echo $!; wait").start();
        long child;
        try (var said = parent.inputReader()) {
            child = Long.parseLong(said.readLine());
        }
        ProcessId ofParent = ProcessId.of(parent.pid()).orElseThrow();
        ProcessId ofChild = ProcessId.of(child).orElseThrow();

        ofParent.killTree();

        assertThat(ofParent.awaitEnd(Duration.ofSeconds(5))).isTrue();
        assertThat(ofChild.awaitEnd(Duration.ofSeconds(5))).isTrue();
    }
}
