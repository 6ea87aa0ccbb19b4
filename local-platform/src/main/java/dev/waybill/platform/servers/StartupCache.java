package dev.waybill.platform.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM's ahead-of-time cache of one application (JEP 483, 514, 515): classes loaded and linked, methods profiled. With it an
 * application starts in less than half the time. It is made by a training run that ends where the real start would begin to
 * serve, and it holds for exactly the jar, JVM and options that it was made with: for others it counts as not there.
 */
final class StartupCache {

    private static final String FAILED = "failed ";

    private final Path file;
    private final Path stamp;
    private final Path finished;

    StartupCache(Path directory, String name) {
        this.file = directory.resolve(name + ".aot");
        this.stamp = directory.resolve(name + ".aot.for");
        this.finished = directory.resolve(name + ".aot.unfinished");
    }

    /** For the JVM that is to use it. None when there is no cache made for just that. */
    List<String> optionsFor(String origin) {
        return Files.exists(file) && origin.equals(stampText()) ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** False also when it was tried before, in vain. */
    boolean isToBeMadeFor(String origin) {
        String made = stampText();
        return !made.equals(origin) && !made.equals(FAILED + origin);
    }

    /** What makes the JVM write it, and stop before anything is served, sent or received. */
    List<String> trainingOptions() {
        return new ArrayList<>(List.of("-XX:AOTCacheOutput=" + finished, "-Dspring.context.exit=onRefresh"));
    }

    /** To be called after a training run. A run that failed may have written a cache too, but a poor one. */
    void accept(String origin, boolean succeeded) {
        try {
            boolean usable = succeeded && Files.exists(finished);
            Files.deleteIfExists(stamp);
            if (usable) {
                Files.move(finished, file, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.deleteIfExists(finished);
            Files.writeString(stamp, usable ? origin : FAILED + origin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String stampText() {
        try {
            return Files.exists(stamp) ? Files.readString(stamp) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
