package dev.waybill.simulators.webhooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.TreeSet;

/**
 * How far a book has been told: up to the first line that is still under way. It is saved now and then, and at the end; what
 * was told since the last time is told again after a crash.
 */
final class Cursor {

    private static final Duration BETWEEN_SAVES = Duration.ofSeconds(1);

    private final Path file;
    private final TreeSet<Long> underWay = new TreeSet<>();
    private long position;
    private long saved;
    private long savedAt = System.nanoTime();

    /** Goes on where the file says, or at the beginning of the book if there is none. */
    Cursor(Path file) {
        this.file = file;
        try {
            this.position = Long.parseLong(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            this.position = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.saved = position;
    }

    /** The first line that nobody has begun to tell. */
    synchronized long position() {
        return position;
    }

    synchronized void passed(long end) {
        position = end;
        saveNowAndThen();
    }

    synchronized void begun(long offset) {
        underWay.add(offset);
    }

    synchronized void done(long offset) {
        underWay.remove(offset);
        saveNowAndThen();
    }

    synchronized void save() {
        long told = underWay.isEmpty() ? position : underWay.first();
        if (told == saved) {
            return;
        }
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, Long.toString(told));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            saved = told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void saveNowAndThen() {
        if (System.nanoTime() - savedAt >= BETWEEN_SAVES.toNanos()) {
            savedAt = System.nanoTime();
            save();
        }
    }
}
