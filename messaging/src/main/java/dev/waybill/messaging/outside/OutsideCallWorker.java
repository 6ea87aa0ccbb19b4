package dev.waybill.messaging.outside;

import dev.waybill.defaults.logging.FaultInLog;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes the calls that were requested: each on a virtual thread of its own, a bounded number at a time, with no transaction
 * open. What this process requests it makes right after the commit; a sweep finds what is due again after a failure, what
 * waited for an earlier call of its order, and what a process left behind when it died. A call is made by its one claimant
 * only; should a claimant sleep through its claim, then the idempotency key keeps the second attempt from a second effect
 * and the closing of the request keeps it from a second record.
 */
final class OutsideCallWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutsideCallWorker.class);

    private static final Duration SHORTEST_POLL = Duration.ofMillis(20);

    /** Starts before the listeners and stops after them, so that what they request last is still taken over. */
    private static final int PHASE = DEFAULT_PHASE - 1500;

    private final OutsideCallTable table;
    private final OutcomeRecorder recorder;
    private final Supplier<Map<String, OutsideCall<?>>> kinds;
    private final OutsideCallSettings settings;
    private final ObservationRegistry observations;
    private final Semaphore places;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

    private volatile boolean running;
    private ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private Thread sweeper = new Thread();

    OutsideCallWorker(
            OutsideCallTable table, OutcomeRecorder recorder, Supplier<Map<String, OutsideCall<?>>> kinds,
            OutsideCallSettings settings, ObservationRegistry observations) {
        this.table = table;
        this.recorder = recorder;
        this.kinds = kinds;
        this.settings = settings;
        this.observations = observations;
        this.places = new Semaphore(settings.maxConcurrent(), true);
    }

    void requireKnown(String kind) {
        if (!kinds.get().containsKey(kind)) {
            throw new IllegalArgumentException("No bean makes calls of the kind " + kind);
        }
    }

    /** Makes these calls, which this process has claimed just now. Does not wait for them. */
    void take(List<OpenCall> claimed) {
        long claimedAt = System.nanoTime();
        for (OpenCall call : claimed) {
            try {
                if (running) {
                    calls.execute(() -> attemptWhenThereIsPlace(call, claimedAt));
                }
            } catch (RejectedExecutionException stopping) {
                log.debug("{} for order {} is left to whoever finds it: this process ends", call.kind(),
                        call.orderId());
            }
        }
    }

    /** Looks for due calls now rather than at the next poll. */
    void wake() {
        wakeUps.release();
    }

    @Override
    public void start() {
        running = true;
        calls = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("outside-call-", 0).factory());
        recorder.start(this::wake);
        sweeper = Thread.ofVirtual().name("outside-call-sweep").start(this::sweep);
    }

    @Override
    public void stop() {
        if (!running) {
            return;
        }
        running = false;
        wake();
        calls.shutdown();
        try {
            sweeper.join(settings.shutdown());
            if (!calls.awaitTermination(settings.shutdown().toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Calls to the outside are still under way; whoever finds them makes them again");
                calls.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        recorder.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void sweep() {
        Duration pause = SHORTEST_POLL;
        try {
            while (running) {
                pause = sweepOnce() ? SHORTEST_POLL : longer(pause);
                if (wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                    pause = SHORTEST_POLL;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers whether there was something to do. */
    private boolean sweepOnce() throws InterruptedException {
        places.acquire();
        places.release();
        try {
            Set<String> known = kinds.get().keySet();
            int room = Math.max(1, places.availablePermits());
            List<OpenCall> due = table.claim(known, underWay, room, settings.claim());
            take(due);
            return !due.isEmpty();
        } catch (RuntimeException e) {
            log.warn("Due calls could not be looked for: {}", FaultInLog.of(e).toString());
            return false;
        } catch (Error e) {
            // Without this thread no call would be made up for, and nobody would notice.
            log.error("Due calls could not be looked for", e);
            return false;
        }
    }

    private Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(settings.idlePoll()) < 0 ? doubled : settings.idlePoll();
    }

    private void attemptWhenThereIsPlace(OpenCall open, long claimedAt) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            // With less than half of its claim left the call could outlast it: it is left to the sweep.
            if (System.nanoTime() - claimedAt < settings.claim().toNanos() / 2 && underWay.add(open.id())) {
                try {
                    open.inLog(() -> attempt(open, known(open.kind())));
                } finally {
                    underWay.remove(open.id());
                }
            }
        } finally {
            places.release();
        }
    }

    private <R> void attempt(OpenCall open, OutsideCall<R> call) {
        Observation observation = observationOf(open).start();
        R outcome;
        // What is said of a call is said inside its span: where that ends it takes the trace out of the log.
        try (var _ = observation.openScope()) {
            try {
                outcome = open.make(call);
                observation.lowCardinalityKeyValue("result", "known");
            } catch (RuntimeException | Error e) {
                observation.lowCardinalityKeyValue("result", "unknown").error(FaultInLog.of(e));
                observation.stop();
                recorder.outcomeUnknown(open, call, e);
                return;
            }
            observation.stop();
        }
        recorder.add(open, call, outcome);
    }

    private OutsideCall<?> known(String kind) {
        OutsideCall<?> call = kinds.get().get(kind);
        if (call == null) {
            throw new IllegalStateException("No bean makes calls of the kind " + kind);
        }
        return call;
    }

    /** In the trace of the message that caused the call; its timer is {@code outside_call_seconds}. */
    private Observation observationOf(OpenCall open) {
        return Observation.createNotStarted("outside.call", () -> {
            var context = new ReceiverContext<OpenCall>((call, key) -> call.cause() != null && "traceparent".equals(key)
                    ? call.cause().traceparent()
                    : null);
            context.setCarrier(open);
            return context;
        }, observations).contextualName(open.kind()).lowCardinalityKeyValue("kind", open.kind())
                .highCardinalityKeyValue("waybill.order.id", open.orderId().toString());
    }
}
