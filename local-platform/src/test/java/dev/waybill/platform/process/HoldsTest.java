package dev.waybill.platform.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class HoldsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void partStaysDownUntilTheTimeThatWasAskedFor(@TempDir Path directory) {
        new Holds(directory).hold("kafka", NOW.plusSeconds(10));

        assertThat(new Holds(directory).until("kafka", NOW)).contains(NOW.plusSeconds(10));
        assertThat(new Holds(directory).until("kafka", NOW.plusSeconds(10))).isEmpty();
    }

    @Test
    void otherPartsAreNotHeld(@TempDir Path directory) {
        var holds = new Holds(directory);
        holds.hold("kafka", NOW.plusSeconds(10));

        assertThat(holds.until("postgres", NOW)).isEmpty();
    }

    @Test
    void forgottenHoldIsOver(@TempDir Path directory) {
        var holds = new Holds(directory);
        holds.hold("kafka", NOW.plusSeconds(10));

        holds.release("kafka");

        assertThat(holds.until("kafka", NOW)).isEmpty();
    }
}
