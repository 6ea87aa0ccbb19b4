package dev.waybill.simulators.books;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/** Reads entries of which it is known that they are there, one after another. */
final class Lines<E> {

    private final LineReader reader;
    private final JsonMapper json;
    private final Class<E> type;

    Lines(LineReader reader, JsonMapper json, Class<E> type) {
        this.reader = reader;
        this.json = json;
        this.type = type;
    }

    Line<E> next() {
        long offset = reader.position();
        try {
            byte[] line = reader.next();
            if (line == null) {
                throw new IllegalStateException("No line begins at " + offset);
            }
            return new Line<>(json.readValue(line, type), offset, reader.position());
        } catch (IOException e) {
            throw new BooksUnavailable("A line of the book cannot be read", e);
        }
    }

    /** Behind the last line that was read. */
    long position() {
        return reader.position();
    }
}
