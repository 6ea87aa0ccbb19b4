package dev.waybill.simulators.faults;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets requests wait, each on its own thread. All of them end at once when the simulators are told to stop. */
@Component
public class Pauses implements ApplicationListener<ContextClosedEvent> {

    private final CountDownLatch closing = new CountDownLatch(1);

    /** Waits that long, or until the simulators stop. */
    public void pause(Duration time) {
        try {
            if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        closing.countDown();
    }
}
