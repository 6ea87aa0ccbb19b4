package dev.waybill.messaging.replay;

import dev.waybill.defaults.logging.FaultInLog;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.outbox.OutboxRow;
import dev.waybill.messaging.outbox.OutboxTable;
import dev.waybill.messaging.outbox.TopicPublisher;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the replays, one after another in each replica. It reads on from the position, sends, waits for the broker, moves the
 * position; no transaction is open while the broker is waited for. After a crash any replica goes on from the position: the
 * topic may then hold events twice, and their first occurrences are in the store's order.
 */
class ReplayWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayWorker.class);
    private static final int MOST_AT_ONCE = 500;
    /** A broker may not have heard yet of a topic that was made a moment ago. */
    private static final int TIMES_GONE_UNTIL_BELIEVED = 3;
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(2);

    private final MessagingSettings.Replay settings;
    private final Replays replays;
    private final OutboxTable store;
    private final TopicPublisher publisher;
    private final TargetTopics topics;
    private final Semaphore wakeUps = new Semaphore(0);
    private int timesGone;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    ReplayWorker(
            MessagingSettings.Replay settings,
            Replays replays,
            OutboxTable store,
            TopicPublisher publisher,
            TargetTopics topics) {
        this.settings = settings;
        this.replays = replays;
        this.store = store;
        this.publisher = publisher;
        this.topics = topics;
    }

    /** Says that there is something to do. */
    void wakeUp() {
        wakeUps.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("outbox-replay").start(this::run);
    }

    private void run() {
        while (running) {
            try {
                var replay = replays.takeOver(settings.lease());
                if (replay.isPresent()) {
                    publish(replay.get());
                } else {
                    pause(settings.poll());
                }
            } catch (Replays.LostLease e) {
                LOG.warn("{}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.warn("Replays are interrupted and will go on: {}", FaultInLog.of(e).toString());
                pause(PAUSE_AFTER_FAULT);
            } catch (Error e) {
                // Without this thread a replay would stand still, and nobody would notice.
                LOG.error("Replays are interrupted and will go on", e);
                pause(PAUSE_AFTER_FAULT);
            }
        }
    }

    private void publish(Replay replay) {
        LOG.info("Publishing the event store to {} from {} through {}", replay.topic(), replay.position(),
                replay.through());
        try {
            count(replay);
            long position = replay.position();
            while (running && position < replay.through()) {
                position = publishSome(replay, position);
            }
            if (position >= replay.through()) {
                replays.complete(replay);
                LOG.info("Replay {} to {} is complete", replay.id(), replay.topic());
            } else {
                replays.release(replay, Duration.ZERO);
            }
        } catch (Replays.LostLease e) {
            throw e;
        } catch (RuntimeException e) {
            seeTo(replay, e);
        } finally {
            publisher.discard();
        }
    }

    /** A stretch of ids at a time, so that no statement is so long that the lease runs out over it. */
    private long publishSome(Replay replay, long position) {
        long began = System.nanoTime();
        int most = Math.clamp(replay.ratePerSecond() / 4, 1, MOST_AT_ONCE);
        long end = Math.min(position + OutboxTable.NEAR, replay.through());
        List<OutboxTable.Stored> events = store.readEvents(position, end, replay.said(), most);
        if (!events.isEmpty()) {
            List<OutboxRow> rows = events.stream().map(event -> event.row().to(replay.topic())).toList();
            publisher.publish(rows, () -> replays.keep(replay, settings.lease()));
            timesGone = 0;
        }
        long reached = events.size() == most ? events.getLast().id() : end;
        replays.mark(replay, reached, events.size(), settings.lease());
        long due = Duration.ofSeconds(1).toNanos() * events.size() / replay.ratePerSecond();
        pause(Duration.ofNanos(Math.max(0, due - (System.nanoTime() - began))));
        return reached;
    }

    private void count(Replay replay) {
        if (replay.total() != null) {
            return;
        }
        long total = 0;
        for (long position = 0; position < replay.through(); position += OutboxTable.NEAR) {
            long end = Math.min(position + OutboxTable.NEAR, replay.through());
            total += store.countEvents(position, end, replay.said());
            replays.keep(replay, settings.lease());
        }
        replays.counted(replay, total);
    }

    /** What passes is waited out; what a person has to see to ends the replay, with what is the matter. */
    private void seeTo(Replay replay, RuntimeException fault) {
        Throwable cause = fault.getCause();
        if (cause instanceof ApiException && !(cause instanceof RetriableException)) {
            LOG.error("Replay {} to {} has failed", replay.id(), replay.topic(), FaultInLog.of(fault));
            replays.fail(replay, "The broker refuses an event: " + cause.getMessage());
        } else if (fault instanceof IllegalArgumentException) {
            LOG.error("Replay {} to {} has failed", replay.id(), replay.topic(), FaultInLog.of(fault));
            replays.fail(replay, "An event cannot be published: " + fault.getMessage());
        } else if (isGone(replay.topic()) && ++timesGone >= TIMES_GONE_UNTIL_BELIEVED) {
            timesGone = 0;
            LOG.error("Replay {} has failed: there is no topic {} any more", replay.id(), replay.topic());
            replays.fail(replay, "The topic is not there any more");
        } else {
            LOG.warn("Replay {} is interrupted and will go on: {}", replay.id(), FaultInLog.of(fault).toString());
            replays.release(replay, PAUSE_AFTER_FAULT);
        }
    }

    private boolean isGone(String topic) {
        try {
            return !topics.exists(topic);
        } catch (TimeoutException _) {
            return false;
        }
    }

    private void pause(Duration longest) {
        try {
            if (wakeUps.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        wakeUp();
        Thread worker = thread;
        if (worker != null) {
            try {
                if (!worker.join(Duration.ofSeconds(5))) {
                    worker.interrupt();
                    worker.join(Duration.ofSeconds(1));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
