package dev.waybill.system.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Customers who order at the same time, each on a thread of their own and patient: who gets no answer asks again. */
public final class Crowd implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CompletableFuture<PlacedOrder>> placing = new ArrayList<>();
    private final Duration patience;

    public Crowd() {
        this(Duration.ofSeconds(60));
    }

    /** @param patience for how long each of them asks again */
    public Crowd(Duration patience) {
        this.patience = patience;
    }

    /** All at once. */
    public void place(int orders, IntFunction<OrderForm> form) {
        place(orders, Duration.ZERO, form);
    }

    /** One after the other, that far apart; returns at once. */
    public void place(int orders, Duration apart, IntFunction<OrderForm> form) {
        for (int n = 0; n < orders; n++) {
            OrderForm filledIn = form.apply(n);
            long delay = apart.multipliedBy(n).toMillis();
            Executor when = delay == 0
                    ? threads
                    : CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS, threads);
            placing.add(CompletableFuture.supplyAsync(() -> filledIn.placeWithin(patience), when));
        }
    }

    /** How many have an acknowledgement by now. */
    public long acknowledged() {
        return placing.stream().filter(order -> order.isDone() && !order.isCompletedExceptionally()).count();
    }

    /** Waits until everybody has an acknowledgement. */
    public List<PlacedOrder> placed() {
        return placing.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
