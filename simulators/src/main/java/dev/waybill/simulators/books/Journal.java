package dev.waybill.simulators.books;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An append-only file of JSON lines. What was appended is on disk (fsync) when its future completes; whatever is appended
 * while the disk is busy goes there together with the next write, so many callers share one fsync. Lines stand in the file
 * in the order in which they were appended. A last line without its end was never confirmed to anybody and is cut off when
 * the file is opened; any other line that cannot be read stops the start, since it had been promised. A disk that fails
 * once ends the journal: nothing more is taken until a restart has read what is really there.
 *
 * @param <E> what a line holds
 */
final class Journal<E> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final CompletableFuture<Void> NOTHING_PENDING = CompletableFuture.completedFuture(null);

    private final Path file;
    private final JsonMapper json;
    private final FileChannel channel;
    private final Consumer<E> kept;
    private final Thread writer;

    private Batch<E> open = new Batch<>();
    private CompletableFuture<Void> lastTaken = NOTHING_PENDING;
    private boolean closed;
    private volatile boolean broken;

    /** Use {@link #open}; this one trusts the channel to stand at its end. */
    Journal(Path file, JsonMapper json, FileChannel channel, Consumer<E> kept) {
        this.file = file;
        this.json = json;
        this.channel = channel;
        this.kept = kept;
        this.writer = Thread.ofPlatform().name("journal-" + file.getFileName()).daemon()
                .unstarted(this::writeUntilClosed);
    }

    /**
     * Opens the file, or makes it, and reads it from its beginning.
     *
     * @param replay is given every line that is there, in order, before this returns
     * @param kept is given every new line once it is on disk, in order and before its future completes; it must be quick
     */
    static <E> Journal<E> open(
            Path file, JsonMapper json, Class<E> type, Consumer<E> replay, Consumer<E> kept) {
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
                long end = read(file, json, type, replay);
                if (end < channel.size()) {
                    LOG.warn(
                            "The last {} bytes of {} are an unfinished line, which was never answered: cut off",
                            channel.size() - end,
                            file);
                    channel.truncate(end);
                    channel.force(true);
                }
                channel.position(end);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            Journal<E> journal = new Journal<>(file, json, channel, kept);
            journal.start();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("The book %s cannot be opened".formatted(file), e);
        }
    }

    void start() {
        writer.start();
    }

    /** Appends a line; the future completes when it is on disk, and fails if the disk did. */
    synchronized CompletableFuture<Void> append(E entry) {
        if (broken || closed) {
            throw new BooksUnavailable("The book %s takes no more entries".formatted(file),
                    new IllegalStateException());
        }
        open.lines.writeBytes(json.writeValueAsBytes(entry));
        open.lines.write('\n');
        open.entries.add(entry);
        notifyAll();
        return open.written;
    }

    /** Completes when all that has been appended so far is on disk. */
    synchronized CompletableFuture<Void> settled() {
        return open.lines.size() > 0 ? open.written : lastTaken;
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
        while (writer.isAlive()) {
            try {
                writer.join();
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

    private void writeUntilClosed() {
        for (Batch<E> batch = next(); batch.lines.size() > 0; batch = next()) {
            try {
                if (broken) {
                    throw new IOException("An earlier write failed");
                }
                ByteBuffer bytes = ByteBuffer.wrap(batch.lines.toByteArray());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
                batch.entries.forEach(this::tell);
                batch.written.complete(null);
            } catch (IOException | RuntimeException e) {
                broken = true;
                LOG.error("The book {} could not be written; it takes nothing more until a restart", file, e);
                batch.written.completeExceptionally(
                        new BooksUnavailable("The book %s could not be written".formatted(file), e));
            }
        }
    }

    private void tell(E entry) {
        try {
            kept.accept(entry);
        } catch (RuntimeException e) {
            LOG.error("What is on disk could not be passed on", e);
        }
    }

    /** Waits for lines to write; an empty batch says that there will be none. */
    private synchronized Batch<E> next() {
        while (open.lines.size() == 0 && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Only close() ends this thread, and nobody interrupts it.
                LOG.debug("Interrupted while waiting for entries", e);
            }
        }
        Batch<E> taken = open;
        open = new Batch<>();
        if (taken.lines.size() > 0) {
            lastTaken = taken.written;
        }
        return taken;
    }

    /** Reads whole lines; answers the position behind the last of them. */
    private static <E> long read(Path file, JsonMapper json, Class<E> type, Consumer<E> replay) throws IOException {
        long end = 0;
        long number = 0;
        var line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    line.write(next);
                    continue;
                }
                number++;
                end += line.size() + 1L;
                try {
                    replay.accept(json.readValue(line.toByteArray(), type));
                } catch (JacksonException e) {
                    throw new IOException("Line %d cannot be read".formatted(number), e);
                }
                line.reset();
            }
        }
        return end;
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

    private static final class Batch<E> {
        private final ByteArrayOutputStream lines = new ByteArrayOutputStream(512);
        private final List<E> entries = new ArrayList<>();
        private final CompletableFuture<Void> written = new CompletableFuture<>();
    }
}
