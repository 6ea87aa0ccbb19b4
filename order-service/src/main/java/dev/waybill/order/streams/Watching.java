package dev.waybill.order.streams;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Looks again and again at the orders that somebody watches, in one query for all of them, and gives each watcher what is newest:
 * whoever is slow misses what has been overtaken. It looks at the rows, so it does not matter which replica changed them.
 */
@Component
class Watching implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

    private final WatchedOrders orders;
    private final Duration look;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ScheduledExecutorService looking;

    Watching(WatchedOrders orders, StreamSettings settings) {
        this.orders = orders;
        this.look = settings.look();
    }

    /** One who watches an order, until it is closed. */
    final class Watch implements AutoCloseable {

        private final UUID id;
        private final Semaphore news = new Semaphore(0);
        private volatile @Nullable OrderNow newest;
        private volatile boolean over;

        private Watch(UUID id) {
            this.id = id;
        }

        /** What the order has become, if it changes in this time. Comes back at once when this is over. */
        Optional<OrderNow> next(Duration longest) throws InterruptedException {
            boolean changed = news.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
            news.drainPermits();
            return changed ? Optional.ofNullable(newest) : Optional.empty();
        }

        /** This process is about to end; another one will answer. */
        boolean isOver() {
            return over;
        }

        private void tell(OrderNow now) {
            OrderNow before = newest;
            if (before == null || now.version() > before.version()) {
                newest = now;
                news.release();
            }
        }

        private void end() {
            over = true;
            news.release();
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }

    /** The order as it is, if it is there. */
    Optional<OrderNow> now(UUID id) {
        return orders.look(List.of(id)).stream().findFirst();
    }

    Watch watch(UUID id) {
        var watch = new Watch(id);
        watches.add(watch);
        return watch;
    }

    int watches() {
        return watches.size();
    }

    private void look() {
        try {
            Set<UUID> watched = watches.stream().map(watch -> watch.id).collect(Collectors.toSet());
            if (!watched.isEmpty()) {
                var now = orders.look(watched).stream().collect(Collectors.toMap(OrderNow::id, order -> order));
                watches.forEach(watch -> Optional.ofNullable(now.get(watch.id)).ifPresent(watch::tell));
            }
        } catch (RuntimeException | Error e) {
            // An error would end the looking for good, and nobody would be told anything any more.
            LOG.warn("Orders that are watched cannot be looked at for now: {}", e.toString());
        }
    }

    @Override
    public void start() {
        ScheduledExecutorService scheduler = Executors
                .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("order-streams").factory());
        var _ = scheduler.scheduleWithFixedDelay(this::look, look.toNanos(), look.toNanos(), TimeUnit.NANOSECONDS);
        looking = scheduler;
    }

    /** Before the server waits for requests to end: streams would not. */
    @Override
    public void stop() {
        ScheduledExecutorService scheduler = looking;
        if (scheduler != null) {
            scheduler.shutdownNow();
            looking = null;
        }
        watches.forEach(Watch::end);
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }
}
