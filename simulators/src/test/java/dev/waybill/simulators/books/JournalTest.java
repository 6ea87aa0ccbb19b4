package dev.waybill.simulators.books;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JournalTest {

    private final JsonMapper json = JsonMapper.builder().build();

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
            IntStream.range(0, 500).mapToObj(number -> journal.append(note("note " + number)).kept()).toList()
                    .forEach(CompletableFuture::join);
        }

        assertThat(reopened())
                .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(number -> "note " + number).toList());
    }

    @Test
    void lineIsInTheFileWhenItsFutureCompletes() throws IOException {
        try (Journal<Note> journal = open(new ArrayList<>())) {
            journal.append(note("ü 😀 \n new line")).kept().join();

            assertThat(Files.readString(file)).endsWith("\n").containsOnlyOnce("\n").contains("ü 😀");
        }
        assertThat(reopened()).containsExactly("ü 😀 \n new line");
    }

    @Test
    void lineIsReadAgainWhereItWasAppendedHoweverLongItIs() {
        try (Journal<Note> journal = open(new ArrayList<>())) {
            List<String> texts = IntStream.of(1, 400, 470, 512, 5_000, 200_000).mapToObj("x"::repeat).toList();
            List<Long> offsets = texts.stream().map(text -> journal.append(note(text)).offset()).toList();

            assertThat(offsets).extracting(offset -> journal.read(offset).entry().text()).isEqualTo(texts);
            Lines<Note> lines = journal.reader(0);
            assertThat(texts).allSatisfy(text -> assertThat(lines.next().entry().text()).isEqualTo(text));
            assertThat(lines.position()).isEqualTo(journal.end());
        }
    }

    @Test
    void whoeverWaitsForTheNextLineGetsItOrIsToldThatThereIsNone() throws Exception {
        Journal<Note> journal = open(new ArrayList<>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> waiting = threads.submit(() -> journal.awaitBehind(0));
            journal.append(note("here it is"));
            assertThat(waiting.get()).isTrue();

            Future<Boolean> waitingOn = threads.submit(() -> journal.awaitBehind(journal.end()));
            journal.close();
            assertThat(waitingOn.get()).isFalse();
        }
    }

    @Test
    void unfinishedLastLineIsCutOffAndTheNextBeginsInItsPlace() throws IOException {
        write("first");
        Files.writeString(file, "{\"request\":null,\"te", StandardOpenOption.APPEND);

        try (Journal<Note> journal = open(new ArrayList<>())) {
            journal.append(note("second")).kept().join();
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

            journal.append(note("still works")).kept().join();
        }
    }

    @Test
    void closingWritesWhatWasAppended() {
        CompletableFuture<Void> written;
        try (Journal<Note> journal = open(new ArrayList<>())) {
            written = journal.append(note("last")).kept();
        }
        assertThat(written).isCompleted();
        assertThat(reopened()).containsExactly("last");
    }

    @Test
    void diskThatFailedOnceEndsTheJournal() throws Exception {
        write("first");
        try (FileChannel readOnly = FileChannel.open(file, StandardOpenOption.READ);
                Journal<Note> journal = new Journal<>(file, json, Note.class, readOnly)) {
            assertThatThrownBy(() -> journal.append(note("second"))).isInstanceOf(BooksUnavailable.class)
                    .hasCauseInstanceOf(NonWritableChannelException.class);
            assertThat(journal.isBroken()).isTrue();
            assertThatThrownBy(() -> journal.append(note("third"))).isInstanceOf(BooksUnavailable.class)
                    .hasMessageContaining("takes no more entries");
            assertThat(journal.awaitBehind(journal.end())).isFalse();
        }
        assertThat(reopened()).containsExactly("first");
    }

    private void write(String text) {
        try (Journal<Note> journal = open(new ArrayList<>())) {
            journal.append(note(text)).kept().join();
        }
    }

    private List<String> reopened() {
        List<String> read = new ArrayList<>();
        open(read).close();
        return read;
    }

    private Journal<Note> open(List<String> read) {
        return Journal.open(file, json, Note.class, line -> read.add(line.entry().text()));
    }

    private static Note note(String text) {
        return new Note(null, text);
    }
}
