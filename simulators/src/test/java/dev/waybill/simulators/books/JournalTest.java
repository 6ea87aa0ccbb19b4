package dev.waybill.simulators.books;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JournalTest {

    private final JsonMapper json = JsonMapper.builder().build();
    private final List<String> kept = new ArrayList<>();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("some/where/notes.jsonl");
    }

    @Test
    void linesAreThereAgainInTheirOrder() {
        try (Journal<Note> journal = open(new ArrayList<>())) {
            List<CompletableFuture<Void>> writes = IntStream.range(0, 500)
                    .mapToObj(number -> journal.append(note("note " + number))).toList();
            CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
        }

        assertThat(reopened()).hasSize(500).isEqualTo(kept)
                .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(number -> "note " + number).toList());
    }

    @Test
    void lineIsInTheFileAndPassedOnWhenItsFutureCompletes() throws IOException {
        try (Journal<Note> journal = open(new ArrayList<>())) {
            journal.append(note("ü 😀 \n new line")).join();

            assertThat(Files.readString(file)).endsWith("\n").containsOnlyOnce("\n").contains("ü 😀");
            assertThat(kept).containsExactly("ü 😀 \n new line");
        }
        assertThat(reopened()).containsExactly("ü 😀 \n new line");
    }

    @Test
    void unfinishedLastLineIsCutOffAndTheNextBeginsInItsPlace() throws IOException {
        write("first");
        Files.writeString(file, "{\"request\":null,\"te", StandardOpenOption.APPEND);

        try (Journal<Note> journal = open(new ArrayList<>())) {
            journal.append(note("second")).join();
        }

        assertThat(reopened()).containsExactly("first", "second");
    }

    @Test
    void tailOfZeroesIsCutOff() throws IOException {
        write("first");
        Files.write(file, new byte[4096], StandardOpenOption.APPEND);

        assertThat(reopened()).containsExactly("first");
        assertThat(Files.readString(file)).endsWith("}\n");
    }

    @Test
    void wholeLineThatCannotBeReadStopsTheStart() throws IOException {
        write("first");
        Files.writeString(file, "nonsense\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::reopened).isInstanceOf(UncheckedIOException.class).hasMessageContaining("notes.jsonl")
                .hasRootCauseInstanceOf(Exception.class).cause().hasMessage("Line 2 cannot be read");
        assertThat(Files.readString(file)).as("nothing is cut off").endsWith("nonsense\n");
    }

    @Test
    void twoProcessesDoNotWriteTheSameFile() {
        try (Journal<Note> journal = open(new ArrayList<>())) {
            assertThatThrownBy(this::reopened).cause().hasMessageContaining("Another simulator is writing");

            journal.append(note("still works")).join();
        }
    }

    @Test
    void closingWritesWhatWasAppended() {
        CompletableFuture<Void> written;
        try (Journal<Note> journal = open(new ArrayList<>())) {
            written = journal.append(note("last"));
        }
        assertThat(written).isCompleted();
        assertThat(reopened()).containsExactly("last");
    }

    @Test
    void diskThatFailedOnceEndsTheJournal() throws IOException {
        write("first");
        try (FileChannel readOnly = FileChannel.open(file, StandardOpenOption.READ);
                Journal<Note> journal = new Journal<>(file, json, readOnly, note -> kept.add(note.text()))) {
            journal.start();
            kept.clear();

            CompletableFuture<Void> written = journal.append(note("second"));

            assertThatThrownBy(written::join).hasCauseInstanceOf(BooksUnavailable.class);
            assertThat(journal.isBroken()).isTrue();
            assertThatThrownBy(() -> journal.append(note("third"))).isInstanceOf(BooksUnavailable.class);
            assertThat(journal.settled()).as("whoever reads is told as well").isCompletedExceptionally();
            assertThat(kept).isEmpty();
        }
        assertThat(reopened()).containsExactly("first");
    }

    private void write(String text) {
        try (Journal<Note> journal = open(new ArrayList<>())) {
            journal.append(note(text)).join();
        }
    }

    private List<String> reopened() {
        List<String> read = new ArrayList<>();
        open(read).close();
        return read;
    }

    private Journal<Note> open(List<String> read) {
        return Journal.open(file, json, Note.class, note -> read.add(note.text()), note -> kept.add(note.text()));
    }

    private static Note note(String text) {
        return new Note(null, text);
    }
}
