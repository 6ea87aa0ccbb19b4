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
import java.util.Iterator;
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

    private Books<Note> books;

    @BeforeEach
    void open() {
        books = Books.open(directory.resolve("book.jsonl"), JsonMapper.builder().build(), Note.class);
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
        assertThat(texts()).containsExactly("first");
    }

    @Test
    void repeatedKeyGetsTheFirstEntryAgainAfterARestart() {
        books.decideOnce(REQUEST, () -> new Note(REQUEST, "first"));
        books.close();
        open();

        Decided<Note> again = books.decideOnce(REQUEST, () -> new Note(REQUEST, "second"));

        assertThat(again).isEqualTo(new Decided<>(new Note(REQUEST, "first"), true));
        assertThat(texts()).containsExactly("first");
    }

    @Test
    void sameKeyWithAnotherBodyIsRefused() {
        books.decideOnce(REQUEST, () -> new Note(REQUEST, "first"));
        var other = new Request("write", "key-1", "def");

        assertThatThrownBy(() -> books.decideOnce(other, () -> new Note(other, "second")))
                .isInstanceOf(KeyReused.class);
        assertThat(texts()).containsExactly("first");
    }

    @Test
    void sameKeyOnAnotherRouteIsAnotherRequest() {
        books.decideOnce(REQUEST, () -> new Note(REQUEST, "first"));
        var other = new Request("erase", "key-1", "abc");

        assertThat(books.decideOnce(other, () -> new Note(other, "second")).repeated()).isFalse();
        assertThat(texts()).containsExactly("first", "second");
    }

    @Test
    void decisionThatFailsLeavesItsKeyFree() {
        assertThatThrownBy(() -> books.decideOnce(REQUEST, () -> {
            throw new IllegalStateException("not now");
        })).hasMessage("not now");

        assertThat(books.decideOnce(REQUEST, () -> new Note(REQUEST, "now")).repeated()).isFalse();
        assertThat(texts()).containsExactly("now");
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
        assertThat(texts()).hasSize(1);
        assertThat(directory.resolve("book.jsonl")).content().hasLineCount(1);
    }

    @Test
    void manyKeysAtOnceAreAllKept() throws Exception {
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
        List<String> before = texts();
        books.close();
        open();

        assertThat(texts()).hasSize(2_000).doesNotHaveDuplicates().isEqualTo(before);
        for (int number = 0; number < 2_000; number++) {
            var request = new Request("write", "key-" + number, "abc");
            assertThat(books.decideOnce(request, () -> new Note(null, "not again")))
                    .isEqualTo(new Decided<>(new Note(request, request.key()), true));
        }
    }

    @Test
    void factWithoutAKeyIsKeptToo() throws Exception {
        books.record(() -> new Note(null, "scanned"));

        assertThat(texts()).containsExactly("scanned");
        assertThat(Files.readString(directory.resolve("book.jsonl"))).contains("scanned");
    }

    @Test
    void nothingIsWrittenDownWhereNothingHappened() {
        assertThat(books.record(() -> null)).isNull();

        assertThat(texts()).isEmpty();
        assertThat(directory.resolve("book.jsonl")).isEmptyFile();
    }

    @Test
    void entriesAreFoundByWhatTheyAreAboutAndByTheirOrder() {
        for (String text : List.of("a 1", "b 1", "a 2", "a 1", "b 1")) {
            books.record(() -> new Note(null, text));
        }

        assertThat(books.about("a 1")).extracting(Note::text).containsExactly("a 1", "a 1");
        assertThat(books.ofOrder("a")).extracting(Note::text).containsExactly("a 1", "a 2", "a 1");
        assertThat(books.ofOrder("c")).isEmpty();
    }

    @Test
    void decisionSeesWhatIsNotYetOnDisk() {
        books.record(() -> new Note(null, "first"));

        Note second = books.record(() -> new Note(null, "after " + books.soFarAbout("first").size()));

        assertThat(second).isEqualTo(new Note(null, "after 1"));
    }

    @Test
    void readerOfAllIsNotOvertakenByWhatComesMeanwhile() {
        books.record(() -> new Note(null, "first"));
        Iterator<Note> all = books.all();
        books.record(() -> new Note(null, "second"));

        assertThat(all).toIterable().extracting(Note::text).containsExactly("first");
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        books.all().forEachRemaining(note -> texts.add(note.text()));
        return texts;
    }
}
