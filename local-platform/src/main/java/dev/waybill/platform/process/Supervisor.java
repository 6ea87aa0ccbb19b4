package dev.waybill.platform.process;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import static java.util.stream.Collectors.joining;

/**
 * Starts the parts, each as soon as what it needs is ready, keeps them running, and stops them in order. One part's death
 * touches no other part.
 */
public final class Supervisor {

    private final Supervised.Surroundings around;
    private final Ledger ledger;
    private final Journal journal;
    private final Map<String, Supervised> supervised = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param startingAtOnce how many parts may be between launch and first answer at a time */
    public Supervisor(List<Part> parts, Ledger ledger, Holds holds, Logs logs, Journal journal, Clock clock,
            int startingAtOnce) {
        this.ledger = ledger;
        this.journal = journal;
        this.around = new Supervised.Surroundings(ledger, holds, logs, journal, clock,
                new Semaphore(startingAtOnce, true), new CountDownLatch(1),
                new CompletableFuture<>());
        for (Part part : parts) {
            holds.release(part.name());
            supervised.put(part.name(), new Supervised(part, around));
        }
    }

    /** Begins to start everything. */
    public void start() {
        synchronized (around.stopping()) {
            for (Supervised one : supervised.values()) {
                CompletableFuture<?>[] needs = one.part().needs().stream().map(this::named)
                        .map(Supervised::firstReady).toArray(CompletableFuture[]::new);
                threads.add(Thread.ofPlatform().daemon().name("supervise-" + one.part().name())
                        .start(() -> runAfter(CompletableFuture.allOf(needs), one)));
            }
        }
    }

    private Supervised named(String name) {
        Supervised found = supervised.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name + " is needed and not there");
        }
        return found;
    }

    private static void runAfter(CompletableFuture<?> needs, Supervised one) {
        try {
            needs.get();
            one.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For what is to be done beside the parts, on a thread that ends with them. */
    public void inBackground(Function<Background, Runnable> work) {
        synchronized (around.stopping()) {
            if (!around.stopRequested()) {
                threads.add(Thread.ofPlatform().daemon().name("background")
                        .start(work.apply(new Background(around))));
            }
        }
    }

    /** Says to whoever reads the ledger that the start has succeeded. */
    public void declareReady() {
        ledger.enter(Ledger.Phase.READY);
    }

    /** Waits until every part has answered; a {@link PlatformFailure} as soon as one has failed for good, or at the bound. */
    public void awaitReady(Duration bound) throws InterruptedException {
        var all = CompletableFuture.allOf(
                supervised.values().stream().map(Supervised::firstReady).toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, around.failure()).get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            List<String> late = ledger.all().stream().filter(part -> part.condition() != Condition.UP)
                    .map(PartStatus::name).toList();
            String logs = late.stream().map(name -> around.logs().lastWords(name, 10)).collect(joining("\n"));
            throw new PlatformFailure("After %d s these are not ready: %s.%n%s"
                    .formatted(bound.toSeconds(), String.join(", ", late), logs), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PlatformFailure failure) {
                throw failure;
            }
            throw new PlatformFailure("The start was broken off.", e);
        }
    }

    /** Stops everything in order; nothing is launched any more. Harmless when called again. */
    public void stop() {
        synchronized (this) {
            synchronized (around.stopping()) {
                around.stopping().countDown();
            }
            if (threads.isEmpty()) {
                return;
            }
            threads.forEach(Thread::interrupt);
            ledger.enter(Ledger.Phase.STOPPING);
            try {
                for (Thread thread : threads) {
                    thread.join(Duration.ofSeconds(20));
                }
                new Stopping(journal::say).stop(ledger.all());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            threads.clear();
            ledger.all().forEach(part -> ledger.record(part.down()));
            ledger.enter(Ledger.Phase.STOPPED);
        }
    }
}
