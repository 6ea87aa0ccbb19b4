package dev.waybill.simulators.books;

import jakarta.annotation.PreDestroy;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where the simulators' books stand: opens them in the data directory, closes them at the end, and reports as health
 * ({@code books}) whether the disk still takes what is written.
 */
@Component("books")
public class Bookshelf implements HealthIndicator {

    private final BooksSettings settings;
    private final JsonMapper json;
    private final List<Books<?>> books = new CopyOnWriteArrayList<>();

    Bookshelf(BooksSettings settings, JsonMapper json) {
        this.settings = settings;
        this.json = json;
    }

    /** Opens {@code <name>.jsonl}, see {@link Books#open}. */
    public <E extends Entry> Books<E> open(String name, Class<E> type) {
        Books<E> opened = Books.open(settings.dataDir().resolve(name + ".jsonl"), json, type);
        books.add(opened);
        return opened;
    }

    /** Where something that belongs to the books but can be made anew is kept. */
    public Path beside(String fileName) {
        return settings.dataDir().resolve(fileName);
    }

    @Override
    public Health health() {
        return books.stream().allMatch(Books::available)
                ? Health.up().build()
                : Health.down().withDetail("reason", "A book could not be written; a restart is needed").build();
    }

    @PreDestroy
    void close() {
        books.forEach(Books::close);
    }
}
