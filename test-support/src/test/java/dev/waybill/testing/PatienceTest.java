package dev.waybill.testing;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherSessionListener;

import java.util.ServiceLoader;

import static org.assertj.core.api.Assertions.assertThat;

class PatienceTest {

    @Test
    void theTestPlatformFindsItByItself() {
        assertThat(ServiceLoader.load(LauncherSessionListener.class)).hasAtLeastOneElementOfType(Patience.class);
    }
}
