package dev.waybill.benchmarks.load;

import dev.waybill.benchmarks.load.Shop.Counter;
import dev.waybill.benchmarks.measure.Distribution;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Customers at a shop, for some seconds. Nobody is kept waiting by a customer before them: at a steady load orders are due at
 * fixed times, and one that is placed late counts as having waited since it was due.
 */
public final class Load {

    private static final Duration ALL_CONFIRMED_WITHIN = Duration.ofSeconds(40);

    private final Shop shop;
    private final Places places;
    private final int customers;

    public Load(Shop shop, Places places, int customers) {
        this.shop = shop;
        this.places = places;
        this.customers = customers;
    }

    /**
     * What the customers saw.
     *
     * @param from from then on orders were placed
     * @param until until then they were placed; all were confirmed later, or are counted as unconfirmed
     * @param answered how long it took until an order was accepted
     * @param failed orders that were not accepted, and why the first one was not
     */
    public record Result(Instant from, Instant until, Distribution answered, int failed, int unconfirmed,
            @Nullable String firstFailure) {

        public int accepted() {
            return answered.count();
        }

        /** Figures of a load that went wrong mean nothing. An order in a hundred may have been refused; that is a figure, too. */
        public Result orThrow() {
            if (failed > accepted() / 100 || unconfirmed > 0) {
                throw new IllegalStateException("%d orders were not accepted (%s), %d were not confirmed in time"
                        .formatted(failed, firstFailure, unconfirmed));
            }
            return this;
        }
    }

    /** So many orders a second, come what may. */
    public Result steady(int perSecond, Duration length) throws InterruptedException {
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long orders = length.toSeconds() * perSecond;
        long began = System.nanoTime();
        var next = new AtomicLong();
        return run(() -> {
            long n = next.getAndIncrement();
            return n < orders ? began + n * interval : null;
        });
    }

    /** As many orders as can be had, while only so many are on their way as there are places. */
    public Result full(Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        return run(() -> {
            long now = System.nanoTime();
            return now < end ? now : null;
        });
    }

    /** When the next order is due; none when it is over. */
    private interface Plan {
        @Nullable Long nextDue();
    }

    private Result run(Plan plan) throws InterruptedException {
        Collection<Long> waits = new ConcurrentLinkedQueue<>();
        Collection<String> failures = new ConcurrentLinkedQueue<>();
        Instant from = Instant.now();
        try (ExecutorService executor = Executors.newFixedThreadPool(customers)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < customers; i++) {
                all.add(executor.submit(() -> {
                    placeAll(plan, waits, failures);
                    return true;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A customer has left", e.getCause());
        }
        Instant until = Instant.now();
        int unconfirmed = places.awaitAll(ALL_CONFIRMED_WITHIN);
        return new Result(from, until, Distribution.of(waits), failures.size(), unconfirmed,
                failures.stream().findFirst().orElse(null));
    }

    private void placeAll(Plan plan, Collection<Long> waits, Collection<String> failures)
            throws IOException, InterruptedException {
        try (Counter counter = shop.open()) {
            while (true) {
                if (!places.take()) {
                    failures.add("no order was confirmed for half a minute");
                    return;
                }
                Long due = plan.nextDue();
                if (due == null) {
                    places.giveBack();
                    return;
                }
                place(counter, due, waits, failures);
            }
        }
    }

    private void place(Counter counter, long due, Collection<Long> waits, Collection<String> failures) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        try {
            counter.place();
            waits.add(System.nanoTime() - due);
        } catch (IOException e) {
            places.giveBack();
            failures.add(e.toString());
        }
    }
}
