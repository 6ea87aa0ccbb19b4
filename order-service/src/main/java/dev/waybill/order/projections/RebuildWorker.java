package dev.waybill.order.projections;

import dev.waybill.defaults.logging.FaultInLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Is at the rebuild that was asked for, in one replica at a time; after a crash or a fault it begins again, in any. */
@Component
class RebuildWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildWorker.class);

    private final Rebuilding rebuilding;
    private final Rebuilds rebuilds;
    private final ProjectionSettings settings;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    RebuildWorker(Rebuilding rebuilding, Rebuilds rebuilds, ProjectionSettings settings) {
        this.rebuilding = rebuilding;
        this.rebuilds = rebuilds;
        this.settings = settings;
    }

    /** Says that there is something to do. */
    void wakeUp() {
        wakeUps.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("projection-rebuild").start(this::run);
    }

    private void run() {
        while (running) {
            try {
                var rebuild = rebuilds.takeOver(settings.lease());
                if (rebuild.isPresent()) {
                    make(rebuild.get());
                } else {
                    rebuilding.emptyLeftovers();
                    pause(settings.poll());
                }
            } catch (Rebuilds.LostLease e) {
                LOG.warn("{}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.warn("Rebuilds are interrupted and will go on: {}", FaultInLog.of(e).toString());
                pause(settings.pauseAfterFault());
            } catch (Error e) {
                // Without this thread a rebuild would stand still, and nobody would notice.
                LOG.error("Rebuilds are interrupted and will go on", e);
                pause(settings.pauseAfterFault());
            }
        }
    }

    private void make(Rebuild rebuild) {
        LOG.info("Making generation {} of {}, attempt {}: {}", rebuild.generation(), rebuild.projection(),
                rebuild.attempts(), rebuild.reason());
        try {
            rebuilding.run(rebuild, () -> running);
            LOG.info("Generation {} of {} is in its place", rebuild.generation(), rebuild.projection());
        } catch (Rebuilds.LostLease e) {
            throw e;
        } catch (Rebuilding.Interrupted _) {
            rebuilds.release(rebuild, Duration.ZERO);
        } catch (RuntimeException e) {
            if (rebuild.attempts() < settings.attempts()) {
                LOG.warn("Rebuild of {} begins again: {}", rebuild.projection(),
                        FaultInLog.of(e).toString());
                rebuilds.release(rebuild, settings.pauseAfterFault());
                pause(settings.pauseAfterFault());
            } else {
                LOG.error("Rebuild of {} has failed; what was read before is read on", rebuild.projection(),
                        FaultInLog.of(e));
                rebuilding.giveUp(rebuild, e);
            }
        }
    }

    private void pause(Duration pause) {
        try {
            if (wakeUps.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public void stop() {
        running = false;
        wakeUps.release();
        Thread worker = thread;
        if (worker != null) {
            try {
                worker.join(Duration.ofSeconds(5));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
