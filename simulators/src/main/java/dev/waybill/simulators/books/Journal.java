package dev.waybill.simulators.books;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An append-only file of JSON lines. A line can be read as soon as it was appended, and is on disk (fsync) when its future
 * completes; while one fsync runs, all that is appended waits together for the next. A last line without its end was never
 * confirmed to anybody and is cut off when the file is opened; any other line that cannot be read stops the start, since it
 * had been promised. A disk that fails once ends the journal: nothing more is taken until a restart has read what is there.
 *
 * @param <E> what a line holds
 */
final class Journal<E> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final CompletableFuture<Void> KEPT = CompletableFuture.completedFuture(null);
    private static final int MANY_LINES = 1 << 16;
    private static final int ONE_LINE = 512;

    private final Path file;
    private final JsonMapper json;
    private final Class<E> type;
    private final FileChannel channel;
    private final Thread syncer;

    private long end;
    private long synced;
    private CompletableFuture<Void> nextSync = new CompletableFuture<>();
    private CompletableFuture<Void> lastSync = KEPT;
    private boolean dirty;
    private boolean closed;
    private volatile boolean broken;

    /** Use {@link #open}; this one trusts the file to be well. */
    Journal(Path file, JsonMapper json, Class<E> type, FileChannel channel) throws IOException {
        this.file = file;
        this.json = json;
        this.type = type;
        this.channel = channel;
        this.end = channel.size();
        this.synced = end;
        this.syncer = Thread.ofPlatform().name("journal-" + file.getFileName()).daemon().start(this::syncUntilClosed);
    }

    /**
     * Opens the file, or makes it, and reads it from its beginning.
     *
     * @param replay is given every line that is there, in order, before this returns
     */
    static <E> Journal<E> open(Path file, JsonMapper json, Class<E> type, Consumer<Line<E>> replay) {
        try {
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            try {
                requireForUsAlone(file, channel);
                syncDirectory(directory);
                cutOff(file, channel, read(channel, json, type, replay));
                return new Journal<>(file, json, type, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The book %s cannot be opened".formatted(file), e);
        }
    }

    /**
     * Where a line was appended.
     *
     * @param kept completes when it is on disk, and fails if the disk did
     */
    record Appended(long offset, CompletableFuture<Void> kept) {}

    synchronized Appended append(E entry) {
        byte[] line = json.writeValueAsBytes(entry);
        if (broken || closed || end + line.length >= OffsetIndex.LONGEST_BOOK) {
            throw new BooksUnavailable("The book %s takes no more entries".formatted(file), null);
        }
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        long offset = end;
        try {
            ByteBuffer bytes = ByteBuffer.wrap(ended);
            while (bytes.hasRemaining()) {
                channel.write(bytes, offset + bytes.position());
            }
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
        end += ended.length;
        dirty = true;
        notifyAll();
        return new Appended(offset, nextSync);
    }

    /** The line that begins there. */
    Line<E> read(long offset) {
        return reader(offset, ONE_LINE).next();
    }

    /** Reads lines one after another. */
    Lines<E> reader(long from, int chunkSize) {
        return new Lines<>(new LineReader(channel, from, chunkSize), json, type);
    }

    Lines<E> reader(long from) {
        return reader(from, MANY_LINES);
    }

    /** Completes when the line that begins there is on disk; at once, if it is. */
    synchronized CompletableFuture<Void> kept(long offset) {
        if (offset < synced) {
            return KEPT;
        }
        return dirty ? nextSync : lastSync;
    }

    /** Where the next line will be appended. */
    synchronized long end() {
        return end;
    }

    /** Waits until there is something on disk behind that position; false if nothing will come any more. */
    synchronized boolean awaitBehind(long position) throws InterruptedException {
        while (synced <= position && !closed && !broken) {
            wait();
        }
        return !closed && synced > position;
    }

    boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (syncer.isAlive()) {
            try {
                syncer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void syncUntilClosed() {
        for (Sync sync = next(); sync != null; sync = next()) {
            try {
                if (broken) {
                    // A second fsync may succeed although the first one lost what it was to write.
                    throw new IOException("The disk has failed before");
                }
                channel.force(false);
                synchronized (this) {
                    synced = sync.end();
                    notifyAll();
                }
                sync.done().complete(null);
            } catch (IOException | RuntimeException e) {
                sync.done().completeExceptionally(failed(e));
            }
        }
    }

    /** Waits for lines that are not on disk yet; null when there will be none. */
    private synchronized @Nullable Sync next() {
        while (!dirty && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Only close() ends this thread, and nobody interrupts it.
                LOG.debug("Interrupted while waiting for entries", e);
            }
        }
        if (!dirty) {
            return null;
        }
        lastSync = nextSync;
        nextSync = new CompletableFuture<>();
        dirty = false;
        return new Sync(end, lastSync);
    }

    private synchronized BooksUnavailable failed(Exception cause) {
        broken = true;
        notifyAll();
        LOG.error("The book {} could not be written; it takes nothing more until a restart", file, cause);
        return new BooksUnavailable("The book %s could not be written".formatted(file), cause);
    }

    /** Reads all that is there; answers the position behind the last whole line. */
    private static <E> long read(FileChannel channel, JsonMapper json, Class<E> type, Consumer<Line<E>> replay)
            throws IOException {
        var reader = new LineReader(channel, 0, MANY_LINES);
        long number = 0;
        for (long offset = 0;; offset = reader.position()) {
            byte[] line = reader.next();
            if (line == null) {
                return offset;
            }
            number++;
            try {
                replay.accept(new Line<>(json.readValue(line, type), offset, reader.position()));
            } catch (JacksonException e) {
                throw new IOException("Line %d cannot be read".formatted(number), e);
            }
        }
    }

    private static void cutOff(Path file, FileChannel channel, long end) throws IOException {
        long unfinished = channel.size() - end;
        if (unfinished > 0) {
            LOG.warn("The last {} bytes of {} are an unfinished line, never answered: cut off", unfinished, file);
            channel.truncate(end);
            channel.force(true);
        }
    }

    private static void requireForUsAlone(Path file, FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("Held within this process", e);
        }
        throw new IOException(
                "Another simulator is writing %s: stop it, or choose another data directory".formatted(file));
    }

    /** A new file is only there after a power failure if its directory's entry is. */
    private static void syncDirectory(Path directory) {
        try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true);
        } catch (IOException e) {
            LOG.debug("This system cannot sync a directory", e);
        }
    }

    /** All up to {@code end} goes to disk. */
    private record Sync(long end, CompletableFuture<Void> done) {}
}
