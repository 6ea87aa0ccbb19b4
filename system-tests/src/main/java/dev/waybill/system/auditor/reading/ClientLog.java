package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Fact.Asked;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client asked for and what it was told, kept by the client itself: the one thing that no part of the platform can
 * be asked about. One JSON document a line, so that a broken-off run leaves a log that can be read.
 */
public final class ClientLog {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;
    private final List<Asked> asked = new ArrayList<>();

    private ClientLog(Path file) {
        this.file = file;
    }

    /** Begins a new log; one that was there is overwritten. */
    public static ClientLog startIn(Path file) throws IOException {
        Files.deleteIfExists(file);
        return new ClientLog(file);
    }

    public static List<Asked> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(line -> JSON.readValue(line, Asked.class)).toList();
    }

    public synchronized void add(Asked attempt) {
        asked.add(attempt);
        try {
            Files.writeString(file, JSON.writeValueAsString(attempt) + "\n", StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UnreadableException("The client's log cannot be written: " + file, e);
        }
    }

    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }
}
