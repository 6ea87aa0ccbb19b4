package dev.waybill.simulators.books;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A simulator's books: a ledger in memory and its journal on disk. A request is decided once; its key answers the same
 * entry ever after, across restarts too. Deciding takes a lock for as long as it takes to think, never while the disk or a
 * pretended fault is waited for; and nobody sees an entry, not even by reading or by asking again, before it is on disk.
 *
 * @param <E> the lines of the book
 */
public final class Books<E extends Entry> implements AutoCloseable {

    private final Consumer<E> ledger;
    private final Journal<E> journal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Map<String, E>> answered = new HashMap<>();

    private Books(Path file, JsonMapper json, Class<E> type, Consumer<E> ledger, Consumer<E> kept) {
        this.ledger = ledger;
        this.journal = Journal.open(file, json, type, this::take, kept);
    }

    /**
     * Opens the books that a file holds, or new ones.
     *
     * @param ledger is given every entry, first those of the file and then each new one, one at a time
     * @param kept is given every new entry as soon as it is on disk, in the order of the book; it must be quick
     */
    public static <E extends Entry> Books<E> open(
            Path file, JsonMapper json, Class<E> type, Consumer<E> ledger, Consumer<E> kept) {
        return new Books<>(file, json, type, ledger, kept);
    }

    /**
     * What a request came to.
     *
     * @param repeated whether it had been decided before
     */
    public record Decided<E>(E entry, boolean repeated) {}

    /**
     * Answers the entry that a request came to, deciding it if this is its first time.
     *
     * @param decide makes the entry from the ledger's state; what it throws is no answer, so the key stays free
     * @throws KeyReused when the key came with another body before
     * @throws BooksUnavailable when the disk failed
     */
    public Decided<E> decideOnce(Request request, Supplier<E> decide) {
        Decided<E> decided;
        CompletableFuture<Void> kept;
        lock.lock();
        try {
            E earlier = answered.getOrDefault(request.route(), Map.of()).get(request.key());
            if (earlier != null) {
                if (!request.equals(earlier.request())) {
                    throw new KeyReused(request);
                }
                decided = new Decided<>(earlier, true);
                kept = journal.settled();
            } else {
                decided = new Decided<>(decide.get(), false);
                kept = journal.append(decided.entry());
                take(decided.entry());
            }
        } finally {
            lock.unlock();
        }
        await(kept);
        return decided;
    }

    /**
     * Writes down something that nobody asked for with a key.
     *
     * @param decide makes the entry from the ledger's state; none, if there is nothing to write down
     */
    public @Nullable E record(Supplier<@Nullable E> decide) {
        E entry;
        CompletableFuture<Void> kept;
        lock.lock();
        try {
            entry = decide.get();
            if (entry == null) {
                return null;
            }
            kept = journal.append(entry);
            take(entry);
        } finally {
            lock.unlock();
        }
        await(kept);
        return entry;
    }

    /** Reads the ledger between two entries, and answers when what was read is on disk. */
    public <R> R read(Supplier<R> question) {
        R answer;
        CompletableFuture<Void> kept;
        lock.lock();
        try {
            answer = question.get();
            kept = journal.settled();
        } finally {
            lock.unlock();
        }
        await(kept);
        return answer;
    }

    /** False once the disk has failed. */
    public boolean available() {
        return !journal.isBroken();
    }

    @Override
    public void close() {
        journal.close();
    }

    private void take(E entry) {
        ledger.accept(entry);
        Request request = entry.request();
        if (request != null) {
            answered.computeIfAbsent(request.route(), route -> new HashMap<>()).put(request.key(), entry);
        }
    }

    private static void await(CompletableFuture<Void> kept) {
        try {
            kept.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BooksUnavailable unavailable) {
                throw unavailable;
            }
            throw e;
        }
    }
}
