package dev.waybill.messaging.outside;

/** What was asked of the outside world may or may not have happened. It is asked again, with the same key. */
public final class OutcomeUnknownException extends RuntimeException {

    private final boolean askAgainAtOnce;

    OutcomeUnknownException(String message, boolean askAgainAtOnce) {
        super(message);
        this.askAgainAtOnce = askAgainAtOnce;
    }

    OutcomeUnknownException(String message, boolean askAgainAtOnce, Throwable cause) {
        super(message, cause);
        this.askAgainAtOnce = askAgainAtOnce;
    }

    /** Whether another attempt right now may do better: not after a time-out, as the other side is then busy. */
    boolean askAgainAtOnce() {
        return askAgainAtOnce;
    }
}
