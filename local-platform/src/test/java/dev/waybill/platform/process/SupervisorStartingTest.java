package dev.waybill.platform.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SupervisorStartingTest {

    @TempDir
    Path directory;

    @Test
    void partIsStartedOnlyAfterWhatItNeedsIsReady() throws Exception {
        var first = ScriptPart.of("first", directory,
                "echo first >> $DIR/order; sleep 0.3; touch $READY; exec sleep 60");
        var second = ScriptPart
                .of("second", directory,
                        "echo second >> $DIR/order; ls $DIR >> $DIR/order; touch $READY; exec sleep 60")
                .needing("first");
        try (var supervision = new Supervision(directory, second, first)) {
            supervision.awaitReady();

            assertThat(order()).startsWith("first\nsecond\n").contains("first.ready");
            assertThat(supervision.said()).contains("first").contains("second").contains("ready");
        }
    }

    @Test
    void startFailsWithTheLastWordsOfThePartThatDiesTwice() {
        var broken = ScriptPart.of("broken", directory, "echo the reason why; exit 3");
        try (var supervision = new Supervision(directory, ScriptPart.steady("fine", directory), broken)) {
            assertThatThrownBy(supervision::awaitReady).isInstanceOf(PlatformFailure.class)
                    .hasMessageContaining("broken does not start: it ended with exit code 3")
                    .hasMessageContaining("the reason why");
        }
    }

    @Test
    void oneDeathDuringTheStartIsForgiven() throws Exception {
        var unlucky = ScriptPart.of("unlucky", directory,
                "test -e $DIR/again || { touch $DIR/again; exit 1; }; touch $READY; exec sleep 60");
        try (var supervision = new Supervision(directory, unlucky)) {
            supervision.awaitReady();

            assertThat(supervision.status("unlucky").restarts()).isEqualTo(1);
        }
    }

    @Test
    void partThatNeverAnswersIsNamedWhenTheTimeIsOver() {
        var silent = ScriptPart.of("silent", directory, "echo still thinking; exec sleep 60");
        try (var supervision = new Supervision(directory, silent)) {
            assertThatThrownBy(() -> supervision.supervisor().awaitReady(Duration.ofMillis(700)))
                    .isInstanceOf(PlatformFailure.class).hasMessageContaining("not ready: silent")
                    .hasMessageContaining("still thinking");
        }
    }

    private String order() throws IOException {
        return Files.readString(directory.resolve("order"));
    }
}
