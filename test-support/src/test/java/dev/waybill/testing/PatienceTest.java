package dev.waybill.testing;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.TestExecutionListener;

import java.util.ServiceLoader;

import static org.assertj.core.api.Assertions.assertThat;

class PatienceTest {

    @Test
    void theTestPlatformFindsItByItself() {
        assertThat(ServiceLoader.load(TestExecutionListener.class)).hasAtLeastOneElementOfType(Patience.class);
    }
}
