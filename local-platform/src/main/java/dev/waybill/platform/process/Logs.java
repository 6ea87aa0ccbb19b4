package dev.waybill.platform.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** One log file per part. A file that has grown large is put aside when its process is started the next time. */
public final class Logs {

    private static final long LARGE = 20L * 1024 * 1024;
    private static final int TAIL_BYTES = 256 * 1024;

    private final Path directory;

    public Logs(Path directory) {
        this.directory = directory;
    }

    public Path of(String name) {
        return directory.resolve(name + ".log");
    }

    Path readyFor(String name) throws IOException {
        Files.createDirectories(directory);
        Path log = of(name);
        if (Files.exists(log) && Files.size(log) > LARGE) {
            Files.move(log, directory.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    /** The end of a log with a line above it that says whose it is. */
    String lastWords(String name, int lines) {
        return "Last lines of %s:%n    %s".formatted(of(name), String.join("\n    ", tail(name, lines)));
    }

    /** The last lines of a log, none when there is no log. */
    public List<String> tail(String name, int lines) {
        Path log = of(name);
        if (!Files.exists(log)) {
            return List.of();
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] end = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(end);
            List<String> all = new String(end, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
