package dev.waybill.simulators.books;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * A simulator's books: all that was decided is on disk, and in memory is only where to find it, so that they can grow. A
 * request is decided once; its key answers the same entry ever after, across restarts too. Deciding takes a lock for as long
 * as it takes to think, never while the disk's fsync or a pretended fault is waited for; and nobody sees an entry, not even
 * by reading or by asking again, before it is on disk.
 *
 * @param <E> the lines of the book
 */
public final class Books<E extends Entry> implements AutoCloseable {

    private final Journal<E> journal;
    private final ReentrantLock lock = new ReentrantLock();
    private final OffsetIndex byRequest = new OffsetIndex();
    private final OffsetIndex bySubject = new OffsetIndex();
    private final OffsetIndex byOrder = new OffsetIndex();

    private Books(Path file, JsonMapper json, Class<E> type) {
        this.journal = Journal.open(file, json, type, line -> index(line.entry(), line.offset()));
    }

    /** Opens the books that a file holds, or new ones. */
    public static <E extends Entry> Books<E> open(Path file, JsonMapper json, Class<E> type) {
        return new Books<>(file, json, type);
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
     * @param decide makes the entry; nothing else is decided meanwhile, and it may read these books. What it throws is no
     *     answer, so the key stays free
     * @throws KeyReused when the key came with another body before
     * @throws BooksUnavailable when the disk failed
     */
    public Decided<E> decideOnce(Request request, Supplier<E> decide) {
        Decided<E> decided;
        CompletableFuture<Void> kept;
        lock.lock();
        try {
            Line<E> earlier = answerTo(request);
            if (earlier != null) {
                decided = new Decided<>(earlier.entry(), true);
                kept = journal.kept(earlier.offset());
            } else {
                decided = new Decided<>(decide.get(), false);
                kept = append(decided.entry());
            }
        } finally {
            lock.unlock();
        }
        await(kept);
        return decided;
    }

    /**
     * Whether a request came to something already.
     *
     * @throws KeyReused when the key came with another body before
     */
    public boolean hasDecided(Request request) {
        lock.lock();
        try {
            return answerTo(request) != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes down something that nobody asked for with a key.
     *
     * @param decide makes the entry, as above; none, if there is nothing to write down
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
            kept = append(entry);
        } finally {
            lock.unlock();
        }
        await(kept);
        return entry;
    }

    /** What happened to a subject, in its order. To be called while deciding: it may not be on disk yet. */
    public List<E> soFarAbout(String subject) {
        return entries(aboutSubject(subject));
    }

    /** What happened to a subject, in its order. */
    public List<E> about(String subject) {
        return entries(kept(aboutSubject(subject)));
    }

    /** What happened to all subjects of an order, in its order. */
    public List<E> ofOrder(String orderId) {
        return entries(kept(lines(byOrder, orderId, entry -> orderId.equals(entry.orderId()))));
    }

    /** All that there is by now, read from the disk as it is asked for. */
    public Iterator<E> all() {
        long end = journal.end();
        await(journal.kept(end - 1));
        Lines<E> lines = journal.reader(0);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return lines.position() < end;
            }

            @Override
            public E next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return lines.next().entry();
            }
        };
    }

    /**
     * Waits for the line that begins at a position, and for it to be on disk; null when the books are closed.
     *
     * @param position 0, or the end of another line
     */
    public @Nullable Line<E> awaitLine(long position) throws InterruptedException {
        return journal.awaitBehind(position) ? journal.read(position) : null;
    }

    /** False once the disk has failed. */
    public boolean available() {
        return !journal.isBroken();
    }

    @Override
    public void close() {
        journal.close();
    }

    private @Nullable Line<E> answerTo(Request request) {
        List<Line<E>> earlier = lines(byRequest, indexed(request), entry -> isAnswerTo(request, entry.request()));
        if (earlier.isEmpty()) {
            return null;
        }
        if (!request.equals(earlier.getFirst().entry().request())) {
            throw new KeyReused(request);
        }
        return earlier.getFirst();
    }

    private static boolean isAnswerTo(Request request, @Nullable Request earlier) {
        return earlier != null && earlier.route().equals(request.route()) && earlier.key().equals(request.key());
    }

    private CompletableFuture<Void> append(E entry) {
        Journal.Appended appended = journal.append(entry);
        index(entry, appended.offset());
        return appended.kept();
    }

    private void index(E entry, long offset) {
        Request request = entry.request();
        if (request != null) {
            byRequest.add(indexed(request), offset);
        }
        String subject = entry.subject();
        if (subject != null) {
            bySubject.add(subject, offset);
        }
        String orderId = entry.orderId();
        if (orderId != null) {
            byOrder.add(orderId, offset);
        }
    }

    private List<Line<E>> aboutSubject(String subject) {
        return lines(bySubject, subject, entry -> subject.equals(entry.subject()));
    }

    private List<Line<E>> lines(OffsetIndex index, String text, Predicate<E> wanted) {
        LongStream offsets;
        lock.lock();
        try {
            offsets = index.find(text);
        } finally {
            lock.unlock();
        }
        return offsets.mapToObj(journal::read).filter(line -> wanted.test(line.entry())).toList();
    }

    private List<Line<E>> kept(List<Line<E>> lines) {
        if (!lines.isEmpty()) {
            await(journal.kept(lines.getLast().offset()));
        }
        return lines;
    }

    private static <E> List<E> entries(List<Line<E>> lines) {
        return lines.stream().map(Line::entry).toList();
    }

    private static String indexed(Request request) {
        return request.route() + ' ' + request.key();
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
