package dev.waybill.saga.engine;

/** Something that must never happen has happened. */
final class Violation extends AssertionError {

    Violation(String message) {
        super(message);
    }

    Violation(String message, Throwable cause) {
        super(message, cause);
    }
}
