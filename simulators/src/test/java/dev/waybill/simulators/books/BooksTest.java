package dev.waybill.simulators.books;

import dev.waybill.simulators.books.Books.Decided;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BooksTest {

    private static final Request REQUEST = new Request("write", "key-1", "abc");

    @TempDir
    Path directory;

    private final List<String> ledger = new ArrayList<>();
    private Books<Note> books;

    @BeforeEach
    void open() {
        books = openOn(ledger);
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void repeatedKeyGetsTheFirstEntryAgain() {
        Decided<Note> first = books.decideOnce(REQUEST, () -> new Note(REQUEST, "first"));
        Decided<Note> second = books.decideOnce(REQUEST, () -> new Note(REQUEST, "second"));

        assertThat(first.repeated()).isFalse();
        assertThat(second).isEqualTo(new Decided<>(first.entry(), true));
        assertThat(ledger).containsExactly("first");
    }

    @Test
    void repeatedKeyGetsTheFirstEntryAgainAfterARestart() {
        books.decideOnce(REQUEST, () -> new Note(REQUEST, "first"));
        books.close();
        ledger.clear();
        books = openOn(ledger);

        Decided<Note> again = books.decideOnce(REQUEST, () -> new Note(REQUEST, "second"));

        assertThat(again).isEqualTo(new Decided<>(new Note(REQUEST, "first"), true));
        assertThat(ledger).containsExactly("first");
    }

    @Test
    void sameKeyWithAnotherBodyIsRefused() {
        books.decideOnce(REQUEST, () -> new Note(REQUEST, "first"));
        var other = new Request("write", "key-1", "def");

        assertThatThrownBy(() -> books.decideOnce(other, () -> new Note(other, "second")))
                .isInstanceOf(KeyReused.class);
        assertThat(ledger).containsExactly("first");
    }

    @Test
    void sameKeyOnAnotherRouteIsAnotherRequest() {
        books.decideOnce(REQUEST, () -> new Note(REQUEST, "first"));
        var other = new Request("erase", "key-1", "abc");

        assertThat(books.decideOnce(other, () -> new Note(other, "second")).repeated()).isFalse();
        assertThat(ledger).containsExactly("first", "second");
    }

    @Test
    void decisionThatFailsLeavesItsKeyFree() {
        assertThatThrownBy(() -> books.decideOnce(REQUEST, () -> {
            throw new IllegalStateException("not now");
        })).hasMessage("not now");

        assertThat(books.decideOnce(REQUEST, () -> new Note(REQUEST, "now")).repeated()).isFalse();
        assertThat(ledger).containsExactly("now");
    }

    @Test
    void sameKeyAtOnceIsDecidedOnce() throws Exception {
        int callers = 64;
        var start = new CyclicBarrier(callers);
        Callable<Decided<Note>> call = () -> {
            start.await();
            return books.decideOnce(
                    REQUEST,
                    () -> new Note(REQUEST, "decided by " + Thread.currentThread().threadId()));
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Decided<Note>> answers = new ArrayList<>();
            for (Future<Decided<Note>> answer : threads.invokeAll(IntStream.range(0, callers).mapToObj(i -> call)
                    .toList())) {
                answers.add(answer.get());
            }

            assertThat(answers).filteredOn(answer -> !answer.repeated()).hasSize(1);
            assertThat(answers).extracting(Decided::entry).containsOnly(answers.getFirst().entry());
        }
        assertThat(ledger).hasSize(1);
        assertThat(directory.resolve("book.jsonl")).content().hasLineCount(1);
    }

    @Test
    void manyKeysAtOnceAreAllKeptInTheOrderOfTheLedger() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Decided<Note>>> answers = new ArrayList<>();
            for (int number = 0; number < 2_000; number++) {
                var request = new Request("write", "key-" + number, "abc");
                answers.add(threads.submit(() -> books.decideOnce(request, () -> new Note(request, request.key()))));
            }
            for (Future<Decided<Note>> answer : answers) {
                answer.get();
            }
        }
        books.close();
        List<String> rebuilt = new ArrayList<>();
        books = openOn(rebuilt);

        assertThat(rebuilt).hasSize(2_000).isEqualTo(ledger);
    }

    @Test
    void factWithoutAKeyIsKeptToo() throws Exception {
        books.record(() -> new Note(null, "scanned"));

        assertThat(ledger).containsExactly("scanned");
        assertThat(Files.readString(directory.resolve("book.jsonl"))).contains("scanned");
    }

    @Test
    void nothingIsWrittenDownWhereNothingHappened() {
        assertThat(books.record(() -> null)).isNull();

        assertThat(ledger).isEmpty();
        assertThat(directory.resolve("book.jsonl")).isEmptyFile();
    }

    private Books<Note> openOn(List<String> notes) {
        return Books.open(
                directory.resolve("book.jsonl"),
                JsonMapper.builder().build(),
                Note.class,
                note -> notes.add(note.text()),
                note -> {});
    }
}
