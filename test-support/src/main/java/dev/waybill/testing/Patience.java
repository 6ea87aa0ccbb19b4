package dev.waybill.testing;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import java.time.Duration;

/**
 * How long a test waits for what must happen where it does not say so itself: long enough for a machine that compiles and starts other
 * servers at the same time. A test that passes does not get slower by it; found by the test platform through the service loader.
 */
public final class Patience implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }
}
