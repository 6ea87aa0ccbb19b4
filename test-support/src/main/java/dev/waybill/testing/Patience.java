package dev.waybill.testing;

import org.awaitility.Awaitility;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

import java.time.Duration;

/**
 * How long a test waits for what must happen where it does not say so itself: long enough for a machine that compiles and starts other
 * servers at the same time. A test that passes does not get slower by it. Each class begins with these settings, whatever one before it
 * has changed; the test platform finds this listener through the service loader.
 */
public final class Patience implements TestExecutionListener {

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.getSource().filter(ClassSource.class::isInstance).isPresent()) {
            Awaitility.reset();
            Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        }
    }
}
