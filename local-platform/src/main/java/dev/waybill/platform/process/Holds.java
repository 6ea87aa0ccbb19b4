package dev.waybill.platform.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Which parts are to stay down, and until when. One command writes that before it kills the process; the supervisor, another
 * process, reads it when it sees the death. It tells a death on purpose from one by itself.
 */
public final class Holds {

    private final Path directory;

    public Holds(Path directory) {
        this.directory = directory;
    }

    /** From now until then the part is not started again. */
    public void hold(String part, Instant until) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(part), until.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until when the part stays down, if somebody asked for that and the time is not over. */
    Optional<Instant> until(String part, Instant now) {
        try {
            Instant until = Instant.parse(Files.readString(directory.resolve(part)));
            return until.isAfter(now) ? Optional.of(until) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The part may be started again, at once. */
    public void release(String part) {
        try {
            Files.deleteIfExists(directory.resolve(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
