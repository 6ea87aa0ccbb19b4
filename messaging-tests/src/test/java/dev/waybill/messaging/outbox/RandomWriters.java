package dev.waybill.messaging.outbox;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionStatus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * Writers that change aggregates at the same time, in transactions of every kind: short ones and long ones, several
 * aggregates in one, savepoints that are kept and such that are not, rollbacks before and after the rows were written, and
 * sessions that are ended in the middle. What each writer does follows from the seed.
 */
final class RandomWriters {

    private static final Logger LOG = LoggerFactory.getLogger(RandomWriters.class);

    private SpeakingService service;
    private final List<OrderId> aggregates;
    private final long seed;
    private final Set<MessageId> committed = ConcurrentHashMap.newKeySet();
    private final Set<MessageId> undone = ConcurrentHashMap.newKeySet();
    private final AtomicInteger crashes = new AtomicInteger();
    private final AtomicInteger rollbacks = new AtomicInteger();
    private final AtomicInteger savepoints = new AtomicInteger();

    private enum Ending {
        COMMIT, ROLLBACK_BEFORE_THE_INSERT, ROLLBACK_AFTER_THE_INSERT, CRASH
    }

    /** How a transaction ends that is meant not to commit. */
    private static final class Meant extends RuntimeException {
        Meant() {
            super("meant to fail");
        }
    }

    RandomWriters(SpeakingService service, List<OrderId> aggregates, long seed) {
        this.service = service;
        this.aggregates = aggregates;
        this.seed = seed;
        LOG.info("Seed {}: run it again with -Dwaybill.writers.seed={}", seed, seed);
    }

    /** From now on they write there. */
    RandomWriters in(SpeakingService another) {
        service = another;
        return this;
    }

    static long anySeed() {
        return Long.getLong("waybill.writers.seed", System.nanoTime());
    }

    Set<MessageId> committed() {
        return committed;
    }

    /** Messages of transactions and savepoints that were rolled back. */
    Set<MessageId> undone() {
        return undone;
    }

    /** Returns when all of them are through. Each begins with one transaction of every kind. */
    void run(int writers, int transactionsEach) {
        run(writers, n -> n < transactionsEach);
    }

    /** Returns when it is enough. */
    void runUntil(int writers, BooleanSupplier enough) {
        run(writers, _ -> !enough.getAsBoolean());
    }

    private void run(int writers, IntPredicate another) {
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            var random = new Random(seed + writer);
            running.add(CompletableFuture.runAsync(() -> {
                for (int n = 0; another.test(n); n++) {
                    transact(n < Ending.values().length ? Ending.values()[n] : ending(random), random);
                }
            }, task -> Thread.ofPlatform().start(task)));
        }
        running.forEach(CompletableFuture::join);
        LOG.info("{} messages committed, {} undone; {} rollbacks, {} savepoints rolled back, {} sessions ended",
                committed.size(), undone.size(), rollbacks, savepoints, crashes);
    }

    private void transact(Ending ending, Random random) {
        List<MessageId> said = new ArrayList<>();
        try {
            service.transaction.executeWithoutResult(status -> {
                changeSome(random, said);
                end(ending, status, random);
            });
        } catch (RuntimeException e) {
            if (ending == Ending.COMMIT) {
                throw e;
            }
        }
        (ending == Ending.COMMIT ? committed : undone).addAll(said);
    }

    private void changeSome(Random random, List<MessageId> said) {
        if (random.nextInt(4) == 0) {
            service.jdbc.query("select pg_current_xact_id()", row -> {});
            service.sleep(Duration.ofMillis(random.nextInt(30)));
        }
        // Sorted: whoever locks in another order than the others ends in a deadlock.
        List<OrderId> some = random.ints(3, 0, aggregates.size()).sorted().distinct().mapToObj(aggregates::get)
                .toList();
        for (OrderId aggregate : some) {
            for (int n = random.nextInt(2); n >= 0; n--) {
                said.add(service.change(aggregate));
            }
        }
        if (random.nextInt(3) == 0) {
            changeInsideASavepoint(some.getLast(), random.nextBoolean(), said);
            said.add(service.change(some.getFirst()));
        }
    }

    private void changeInsideASavepoint(OrderId aggregate, boolean kept, List<MessageId> said) {
        service.nested.executeWithoutResult(status -> {
            MessageId message = service.change(aggregate);
            if (kept) {
                said.add(message);
            } else {
                undone.add(message);
                savepoints.incrementAndGet();
                status.setRollbackOnly();
            }
        });
    }

    private void end(Ending ending, TransactionStatus status, Random random) {
        int hold = random.nextInt(40) == 0 ? 300 : random.nextInt(3) == 0 ? random.nextInt(20) : 0;
        service.afterTheInsert(() -> service.sleep(Duration.ofMillis(hold)));
        switch (ending) {
            case COMMIT -> {
            }
            case ROLLBACK_BEFORE_THE_INSERT -> {
                rollbacks.incrementAndGet();
                status.setRollbackOnly();
            }
            case ROLLBACK_AFTER_THE_INSERT -> service.afterTheInsert(() -> {
                rollbacks.incrementAndGet();
                throw new Meant();
            });
            case CRASH -> service.afterTheInsert(() -> {
                crashes.incrementAndGet();
                service.jdbc.query("select pg_terminate_backend(pg_backend_pid())", row -> {});
                throw new Meant();
            });
        }
    }

    private static Ending ending(Random random) {
        int of100 = random.nextInt(100);
        if (of100 < 5) {
            return Ending.CRASH;
        }
        if (of100 < 13) {
            return Ending.ROLLBACK_AFTER_THE_INSERT;
        }
        return of100 < 20 ? Ending.ROLLBACK_BEFORE_THE_INSERT : Ending.COMMIT;
    }
}
