package dev.waybill.messaging.outbox;

import dev.waybill.messaging.Linger;
import dev.waybill.messaging.MessagingSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Publishes the outbox: reads on from the mark, sends, waits for the broker, moves the mark. One replica of a service does so
 * at a time. No transaction and no lock is held while the broker is waited for. Each message is published at least once, and
 * first occurrences in the order of the ids. It begins, and goes on after a fault, when {@link RestoreCheck} clears it.
 */
class Relay implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration FIRST_PAUSE_AT_GAP = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE_AT_GAP = Duration.ofMillis(10);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(500);

    private final MessagingSettings.Relay settings;
    private final RelayLease lease;
    private final LongFunction<UnpublishedRows> readers;
    private final TopicPublisher publisher;
    private final Clearance clearance;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;
    private volatile boolean leader;
    /** Of {@link System#nanoTime}; 0 when it does not wait. */
    private volatile long atGapSince;
    private @Nullable Thread thread;

    /** Whether anything may be published at all. */
    interface Clearance {

        /** Asked before it begins, and again after a fault; may take some seconds. */
        boolean mayPublish();

        /** A fault has interrupted the publishing. */
        default void interrupted() {}
    }

    Relay(MessagingSettings.Relay settings, RelayLease lease, LongFunction<UnpublishedRows> readers,
            TopicPublisher publisher, Clearance clearance) {
        this.settings = settings;
        this.lease = lease;
        this.readers = readers;
        this.publisher = publisher;
        this.clearance = clearance;
    }

    /** Says that there is something to publish. Cheap, and never blocks. */
    void wakeUp() {
        if (leader && wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /** Whether it is this replica that publishes. */
    boolean isLeader() {
        return leader;
    }

    /** For how long rows have been there that could not be published, as an earlier one may still come. */
    Duration atGapFor() {
        long since = atGapSince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("outbox-relay").start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        wakeUps.release();
        Thread relay = thread;
        if (relay != null) {
            try {
                if (!relay.join(Duration.ofSeconds(5))) {
                    relay.interrupt();
                    relay.join(Duration.ofSeconds(1));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before, and stops after, whatever makes the service say something. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 3000;
    }

    private void run() {
        while (running) {
            try {
                if (!clearance.mayPublish()) {
                    pause(PAUSE_AFTER_FAULT);
                    continue;
                }
                var term = lease.tryAcquire();
                if (term.isPresent()) {
                    publishDuring(term.get());
                } else {
                    pause(settings.idlePoll());
                }
            } catch (RelayLease.LostLease e) {
                LOG.warn("Publishing stops here: {}", e.getMessage());
            } catch (RuntimeException e) {
                clearance.interrupted();
                if (running) {
                    LOG.warn("Publishing is interrupted and will go on from the mark: {}", e.toString());
                    pause(PAUSE_AFTER_FAULT);
                }
            } catch (Error e) {
                // Without this thread nothing would be said any more, and nobody would notice.
                LOG.error("Publishing is interrupted and will go on from the mark", e);
                pause(PAUSE_AFTER_FAULT);
            }
        }
    }

    private void publishDuring(RelayLease.Term term) {
        LOG.info("Publishing the outbox from {} with fencing token {}", term.position(), term.fencingToken());
        leader = true;
        UnpublishedRows reader = readers.apply(term.position());
        long renewedAt = System.nanoTime();
        Duration pauseAtGap = FIRST_PAUSE_AT_GAP;
        try {
            while (running) {
                if (System.nanoTime() - renewedAt > settings.lease().dividedBy(3).toNanos()) {
                    lease.mark(term, reader.position());
                    renewedAt = System.nanoTime();
                }
                long began = System.nanoTime();
                List<OutboxTable.Stored> rows = reader.next(settings.batchSize());
                noteGap(rows.isEmpty() && reader.waitsAtGap());
                if (!rows.isEmpty()) {
                    publisher.publish(
                            rows.stream().map(OutboxTable.Stored::row).toList(),
                            () -> lease.mark(term, reader.position()));
                    reader.published(rows);
                    lease.mark(term, reader.position());
                    renewedAt = System.nanoTime();
                    pauseAtGap = FIRST_PAUSE_AT_GAP;
                    if (rows.size() < settings.batchSize() && !reader.waitsAtGap()) {
                        Linger.afterBatch(began);
                    }
                }
                if (reader.waitsAtGap()) {
                    if (rows.isEmpty()) {
                        pauseAtGap = pause(pauseAtGap) ? FIRST_PAUSE_AT_GAP : longer(pauseAtGap);
                    }
                } else if (rows.size() < settings.batchSize()) {
                    // That was all there is. Whatever is committed here meanwhile has woken us already.
                    pause(settings.idlePoll());
                }
            }
        } finally {
            leader = false;
            noteGap(false);
            publisher.discard();
            release(term);
        }
    }

    private void noteGap(boolean waits) {
        if (!waits) {
            atGapSince = 0;
        } else if (atGapSince == 0) {
            atGapSince = System.nanoTime();
        }
    }

    /** After a failure too: whoever comes next, here or elsewhere, need not wait until the lease has run out. */
    private void release(RelayLease.Term term) {
        try {
            lease.release(term);
        } catch (RuntimeException e) {
            LOG.debug("The lease runs out by itself: {}", e.toString());
        }
    }

    /** Waits for a wake-up, at most so long; answers whether one came. */
    private boolean pause(Duration longest) {
        try {
            boolean woken = wakeUps.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
            wakeUps.drainPermits();
            return woken;
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE_AT_GAP) > 0 ? LONGEST_PAUSE_AT_GAP : doubled;
    }
}
