package dev.waybill.messaging.retention;

import dev.waybill.messaging.MessagingSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.PessimisticLockingFailureException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Keeps partitions ahead and drops those whose time is over, now and then, in every replica; the database lets one at a time
 * do so. Nothing waits for it: writers go on whether it runs or not, and where it has to have a lock of theirs, it gives up
 * after 100 ms and tries again later.
 */
class PartitionMaintenance implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionMaintenance.class);
    private static final Duration WEEK = Duration.ofDays(7);

    private final MessagingSettings.Retention settings;
    private final Partitions partitions;
    private final Clock clock;
    private final Semaphore stopped = new Semaphore(0);
    private volatile @Nullable Thread thread;

    PartitionMaintenance(MessagingSettings.Retention settings, Partitions partitions, Clock clock) {
        this.settings = settings;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** Does all that is to be done now. Answers whether nothing is left that somebody's lock, or a fault, kept from being done. */
    boolean maintain() {
        Instant now = clock.instant();
        Instant horizon = now.plus(WEEK.multipliedBy(settings.inboxWeeksAhead()));
        Instant forgotten = now.minus(settings.inbox());
        boolean done = all("Made", () -> partitions.makeForInbox(horizon));
        done &= all("Made", () -> partitions.makeForOutbox(settings.outboxPartition(), settings.outboxAhead()));
        done &= all("Dropped", () -> partitions.dropFromInbox(forgotten));
        done &= rows("inbox_default", () -> partitions.deleteFromInboxDefault(forgotten));
        done &= rows("parked_act", () -> partitions.deleteFromParkedActs(now.minus(settings.parkedActs())));
        Duration kept = settings.outbox();
        if (kept != null) {
            done &= all("Dropped", () -> partitions.dropFromOutbox(now.minus(kept)));
            done &= rows("outbox_default", () -> partitions.deleteFromOutboxDefault(now.minus(kept)));
        }
        // Last, as it may take long.
        done &= all("Indexed", partitions::indexByKey);
        return done;
    }

    private static boolean all(String did, Supplier<Optional<String>> step) {
        return attempt(() -> {
            for (var name = step.get(); name.isPresent(); name = step.get()) {
                LOG.info("{} the partition {}", did, name.get());
            }
        });
    }

    private static boolean rows(String partition, IntSupplier step) {
        return attempt(() -> {
            int total = 0;
            for (int deleted = step.getAsInt(); deleted > 0; deleted = step.getAsInt()) {
                total += deleted;
            }
            if (total > 0) {
                LOG.info("Deleted {} rows that were past their time from {}", total, partition);
            }
        });
    }

    private static boolean attempt(Runnable work) {
        try {
            work.run();
            return true;
        } catch (PessimisticLockingFailureException e) {
            LOG.info("Partitions are left as they are for now, as somebody holds a lock: {}", e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            LOG.warn("Partitions could not be looked after", e);
            return false;
        }
    }

    @Override
    public void start() {
        stopped.drainPermits();
        thread = Thread.ofPlatform().daemon().name("partition-maintenance").start(this::run);
    }

    private void run() {
        try {
            Duration pause;
            do {
                pause = maintain() ? settings.interval() : settings.afterTrouble();
            } while (!stopped.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        stopped.release();
        try {
            running.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
