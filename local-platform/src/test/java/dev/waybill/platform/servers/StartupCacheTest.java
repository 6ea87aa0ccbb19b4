package dev.waybill.platform.servers;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class StartupCacheTest {

    @TempDir
    Path directory;

    private StartupCache cache;

    @BeforeEach
    void create() {
        cache = new StartupCache(directory, "order-service");
    }

    @Test
    void cacheIsUsedByWhatItWasMadeForAndByNothingElse() throws IOException {
        aTrainingRunWrites();
        cache.accept("jar 1", true);

        assertThat(cache.optionsFor("jar 1")).singleElement().asString().startsWith("-XX:AOTCache=");
        assertThat(cache.optionsFor("jar 2")).isEmpty();
        assertThat(cache.isToBeMadeFor("jar 1")).isFalse();
        assertThat(cache.isToBeMadeFor("jar 2")).isTrue();
    }

    @Test
    void cacheOfAFailedRunIsNeitherUsedNorTriedAgain() throws IOException {
        aTrainingRunWrites();
        cache.accept("jar 1", false);

        assertThat(cache.optionsFor("jar 1")).isEmpty();
        assertThat(cache.isToBeMadeFor("jar 1")).isFalse();
        assertThat(cache.isToBeMadeFor("jar 2")).isTrue();
    }

    @Test
    void runThatWroteNothingHasFailed() {
        cache.accept("jar 1", true);

        assertThat(cache.optionsFor("jar 1")).isEmpty();
    }

    @Test
    void runThatWasBrokenOffIsMadeAgain() throws IOException {
        aTrainingRunWrites();

        assertThat(cache.optionsFor("jar 1")).isEmpty();
        assertThat(cache.isToBeMadeFor("jar 1")).isTrue();
    }

    private void aTrainingRunWrites() throws IOException {
        String option = cache.trainingOptions().getFirst();
        Files.writeString(Path.of(option.substring(option.indexOf('=') + 1)), "cache");
    }
}
