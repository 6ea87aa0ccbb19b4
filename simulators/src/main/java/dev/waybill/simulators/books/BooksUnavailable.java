package dev.waybill.simulators.books;

/** The disk did not take what was written. What was asked for may or may not have been kept: only a restart will tell. */
public final class BooksUnavailable extends RuntimeException {

    BooksUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
