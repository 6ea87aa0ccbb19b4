package dev.waybill.platform.client;

import dev.waybill.platform.client.Services.Answer;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Places orders at a steady rate, whatever the answers do (an open loop: a slow service does not slow down its customers), and
 * prints a line a second. A few orders a second are watched closely, for the time from placed to settled; all others are asked
 * after once they have had time. Bounded in everything: rate, time, what is on its way, how long it waits for the rest.
 */
public final class LoadCommand {

    private static final int IN_FLIGHT_BOUND = 2_000;
    private static final int WATCHED_A_SECOND = 10;
    private static final Duration WATCH_EVERY = Duration.ofMillis(20);
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);
    private static final Duration ASK_AFTER = Duration.ofSeconds(1);
    private static final SampleOrder ORDER = new SampleOrder("alice", "FILTER-04", "1", "pm_card_visa", "DE");

    private final String orders;
    private final PrintStream out;
    private final Services services = new Services(ORDER.customer(), false);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger fulfilled = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final Map<String, Integer> reasons = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Latencies answered = new Latencies();
    private final Latencies settled = new Latencies();
    private final LinkedBlockingQueue<Pending> pending = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    public LoadCommand(String orders, PrintStream out) {
        this.orders = orders;
        this.out = out;
    }

    /**
     * An order that was taken and whose end is not known yet.
     *
     * @param watched whether the time until its end is counted
     */
    private record Pending(String id, long placedAt, boolean watched) {}

    /** 0 when every order that was sent was taken and settled. */
    public int run(int rate, int seconds) throws InterruptedException {
        Answer first = services.get(orders + "/readyz");
        if (first.status() == Services.UNREACHABLE) {
            out.println("The order service does not answer at %s. Is it running? ./demo status".formatted(orders));
            return 1;
        }
        out.println("%d orders a second for %d s (Ctrl-C ends it)".formatted(rate, seconds));
        try (ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            customers.execute(this::askAfterTheRest);
            customers.execute(this::summarizeEverySecond);
            send(rate, seconds, customers);
            awaitRest();
            over.countDown();
        }
        summarize("total");
        reasons.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).limit(5)
                .forEach(reason -> out.println("%8d x %s".formatted(reason.getValue(), reason.getKey())));
        boolean allSettled = errors.get() == 0 && fulfilled.get() + rejected.get() == sent.get();
        if (unsettled() > 0) {
            out.println("%d orders are not settled after %d s; they go on.".formatted(unsettled(),
                    SETTLES_WITHIN.toSeconds()));
        }
        return allSettled ? 0 : 1;
    }

    private void send(int rate, int seconds, ExecutorService customers) {
        long began = System.nanoTime();
        int watchOneIn = Math.max(1, rate / WATCHED_A_SECOND);
        for (int i = 0; i < rate * seconds; i++) {
            long due = began + TimeUnit.SECONDS.toNanos(1) * i / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            sent.incrementAndGet();
            if (inFlight.incrementAndGet() > IN_FLIGHT_BOUND) {
                inFlight.decrementAndGet();
                fail("not sent: %d were on their way".formatted(IN_FLIGHT_BOUND));
                continue;
            }
            boolean watched = i % watchOneIn == 0;
            // Counted from when it was due: an answer that is late because sending was late is late too.
            customers.execute(() -> place(due, watched));
        }
    }

    private void place(long due, boolean watched) {
        try {
            Answer answer = services.post(orders + "/orders", ORDER.body(), UUID.randomUUID().toString());
            if (!answer.isOk()) {
                fail(answer.inWords());
                return;
            }
            answered.record(Duration.ofNanos(System.nanoTime() - due));
            accepted.incrementAndGet();
            var order = new Pending(answer.body().path("id").asString(""), due, watched);
            if (!watched || !watch(order)) {
                pending.add(order);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private void fail(String reason) {
        errors.incrementAndGet();
        reasons.merge(reason, 1, Integer::sum);
    }

    /** Looks so often that the time is known well; false when it takes so long that less often will do. */
    private boolean watch(Pending order) throws InterruptedException {
        long giveUp = order.placedAt + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() - giveUp < 0) {
            if (isSettled(order)) {
                return true;
            }
            if (over.await(WATCH_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }

    private boolean isSettled(Pending order) throws InterruptedException {
        String status = services.get(orders + "/orders/" + order.id).body().path("status").asString("");
        if (!OrderStatus.isSettled(status)) {
            return false;
        }
        (OrderStatus.isFulfilled(status) ? fulfilled : rejected).incrementAndGet();
        if (order.watched) {
            settled.record(Duration.ofNanos(System.nanoTime() - order.placedAt));
        }
        return true;
    }

    /** One after another, the oldest first, so that asking never becomes a load of its own. */
    private void askAfterTheRest() {
        try {
            while (over.getCount() > 0) {
                Pending oldest = pending.poll(100, TimeUnit.MILLISECONDS);
                if (oldest == null) {
                    continue;
                }
                long early = ASK_AFTER.toNanos() - (System.nanoTime() - oldest.placedAt);
                if (early > 0 && over.await(early, TimeUnit.NANOSECONDS)) {
                    return;
                }
                if (!isSettled(oldest)) {
                    pending.add(oldest);
                    over.await(5, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitRest() throws InterruptedException {
        long giveUp = System.nanoTime() + SETTLES_WITHIN.toNanos();
        while ((unsettled() > 0 || inFlight.get() > 0) && System.nanoTime() - giveUp < 0) {
            over.await(50, TimeUnit.MILLISECONDS);
        }
    }

    private int unsettled() {
        return accepted.get() - fulfilled.get() - rejected.get();
    }

    private void summarizeEverySecond() {
        try {
            for (int second = 1; !over.await(1, TimeUnit.SECONDS); second++) {
                summarize(second + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void summarize(String when) {
        out.println(String.format(Locale.ROOT,
                "%6s  sent %d  accepted %d  confirmed %d  rejected %d  errors %d  202 p50/p99 %s  settled p50/p99 %s",
                when, sent.get(), accepted.get(), fulfilled.get(), rejected.get(), errors.get(), answered.summary(),
                settled.summary()));
    }
}
