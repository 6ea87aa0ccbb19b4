package dev.waybill.simulators.books;

import org.jspecify.annotations.Nullable;

/** The disk did not take what was written. What was asked for may or may not have been kept: only a restart will tell. */
public final class BooksUnavailable extends RuntimeException {

    BooksUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
