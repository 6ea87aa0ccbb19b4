package dev.waybill.messaging.outside;

import dev.waybill.defaults.logging.FaultInLog;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Linger;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Records what calls have answered. Outcomes that come in while a transaction commits are recorded together in the next one;
 * when that fails, each by itself, so that one bad record holds up no other. Closing the request and recording its
 * outcome are one transaction, so an outcome is recorded once, however often the call was made.
 */
final class OutcomeRecorder {

    private static final Logger log = LoggerFactory.getLogger(OutcomeRecorder.class);

    private static final int LARGEST_BATCH = 100;

    private final OutsideCallTable table;
    private final TransactionTemplate transactions;
    private final OutsideCallSettings settings;
    private final MeterRegistry meters;
    private final BlockingQueue<Outcome<?>> outcomes = new LinkedBlockingQueue<>();

    private volatile boolean running;
    private Runnable wakeSweep = () -> {};
    private Thread recorder = new Thread();

    OutcomeRecorder(
            OutsideCallTable table, TransactionTemplate transactions, OutsideCallSettings settings,
            MeterRegistry meters) {
        this.table = table;
        this.transactions = transactions;
        this.settings = settings;
        this.meters = meters;
    }

    private record Outcome<R>(OpenCall open, OutsideCall<R> call, R value) {

        void record() {
            open.record(call, value);
        }

        /** By the kind of its answer: what is in it may be a customer's affair. */
        void tell() {
            open.inLog(() -> log.info("{}: {}", open.kind(), value.getClass().getSimpleName()));
        }
    }

    void start(Runnable wakeSweep) {
        this.wakeSweep = wakeSweep;
        running = true;
        recorder = Thread.ofVirtual().name("outside-call-record").start(this::run);
    }

    /** Ends once all that has been added is recorded. */
    void stop() {
        running = false;
        try {
            recorder.join(settings.shutdown());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    <R> void add(OpenCall open, OutsideCall<R> call, R value) {
        outcomes.add(new Outcome<>(open, call, value));
    }

    private void run() {
        try {
            while (running || !outcomes.isEmpty()) {
                Outcome<?> first = outcomes.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Outcome<?>> batch = new ArrayList<>(List.of(first));
                    outcomes.drainTo(batch, LARGEST_BATCH - 1);
                    long began = System.nanoTime();
                    recordAll(batch);
                    if (batch.size() < LARGEST_BATCH) {
                        Linger.afterBatch(began);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void recordAll(List<Outcome<?>> batch) {
        try {
            byKind(batch).forEach(this::recordTogether);
        } catch (Error e) {
            // Without this thread nothing would be recorded any more. These calls are made again when their claim is over.
            log.error("{} outcomes could not be recorded", batch.size(), FaultInLog.of(e));
        }
    }

    /** One transaction per kind: so each locks what it touches at once and in one order. */
    private static Iterable<List<Outcome<?>>> byKind(List<Outcome<?>> batch) {
        Map<String, List<Outcome<?>>> byKind = new LinkedHashMap<>();
        batch.forEach(outcome -> byKind.computeIfAbsent(outcome.open().kind(), kind -> new ArrayList<>()).add(outcome));
        byKind.values().forEach(group -> group.sort(Comparator.comparing(outcome -> outcome.open().orderId())));
        return byKind.values();
    }

    private void recordTogether(List<Outcome<?>> sameKind) {
        try {
            record(sameKind);
        } catch (RuntimeException | Error e) {
            if (sameKind.size() == 1) {
                recordFailed(sameKind.getFirst().open(), e);
            } else {
                sameKind.forEach(outcome -> recordTogether(List.of(outcome)));
            }
        }
    }

    private void record(List<Outcome<?>> sameKind) {
        List<Outcome<?>> recorded = new ArrayList<>();
        Boolean nextWaits = transactions.execute(status -> {
            sameKind.getFirst().call().prefetch(ordersOf(sameKind));
            var closed = table.close(sameKind.stream().map(outcome -> outcome.open().id()).toList());
            Set<UUID> toRecord = closed.ids();
            for (Outcome<?> outcome : sameKind) {
                if (toRecord.remove(outcome.open().id())) {
                    outcome.record();
                    recorded.add(outcome);
                } else {
                    outcome.open().inLog(() -> log.info("{} for order {} is recorded already", outcome.open().kind(),
                            outcome.open().orderId()));
                }
            }
            return closed.nextWaits();
        });
        if (Boolean.TRUE.equals(nextWaits)) {
            wakeSweep.run();
        }
        recorded.forEach(Outcome::tell);
    }

    private static List<OrderId> ordersOf(List<Outcome<?>> sorted) {
        return sorted.stream().map(outcome -> outcome.open().orderId()).distinct().toList();
    }

    /** The outcome is definite but cannot be recorded: the call is made again later, and answers the same to its key. */
    private void recordFailed(OpenCall open, Throwable e) {
        open.inLog(() -> putOffFor(open, e));
    }

    private void putOffFor(OpenCall open, Throwable e) {
        Duration pause = pauseAfter(open);
        log.error("The outcome of {} for order {} could not be recorded; again in {} ms", open.kind(), open.orderId(),
                pause.toMillis(), FaultInLog.of(e));
        meters.counter("outside.call.record.failures", "kind", open.kind()).increment();
        postpone(open, pause, e);
    }

    /** Puts off the next attempt, and lets the service know that it is in doubt, unless the other side was not asked at all. */
    void outcomeUnknown(OpenCall open, OutsideCall<?> call, Throwable e) {
        Duration pause = pauseAfter(open);
        log.warn("{} for order {} has no definite outcome at attempt {}; again in {} ms: {}", open.kind(),
                open.orderId(), open.attempt(), pause.toMillis(), wordsOf(e));
        if (e instanceof OutcomeUnknownException unknown && !unknown.asked()) {
            postpone(open, pause, e);
            return;
        }
        try {
            transactions.executeWithoutResult(status -> {
                call.prefetch(List.of(open.orderId()));
                if (table.postpone(open, pause, e.toString())) {
                    open.doubt(call);
                }
            });
        } catch (RuntimeException | Error notNoted) {
            log.error("That {} for order {} is in doubt could not be noted", open.kind(), open.orderId(),
                    FaultInLog.of(notNoted));
            postpone(open, pause, e);
        }
    }

    /** What we have said ourselves of an answer that did not come quotes nothing. */
    private static String wordsOf(Throwable e) {
        return (e instanceof OutcomeUnknownException ? e : FaultInLog.of(e)).toString();
    }

    private void postpone(OpenCall open, Duration pause, Throwable cause) {
        try {
            table.postpone(open, pause, cause.toString());
        } catch (RuntimeException e) {
            // The claim runs out by itself.
            log.warn("{} for order {} could not be put off: {}", open.kind(), open.orderId(),
                    FaultInLog.of(e).toString());
        }
    }

    /** Between half and one and a half times the mean, so that what failed together does not come back together. */
    private Duration pauseAfter(OpenCall open) {
        long mean = settings.pauseAfter(open.attempt()).toMillis();
        return Duration.ofMillis(mean / 2 + ThreadLocalRandom.current().nextLong(mean + 1));
    }
}
