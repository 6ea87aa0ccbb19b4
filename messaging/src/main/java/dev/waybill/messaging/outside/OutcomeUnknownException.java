package dev.waybill.messaging.outside;

/** There is no answer of the outside world to what was to be asked of it. It is asked again, with the same key. */
public final class OutcomeUnknownException extends RuntimeException {

    private final boolean asked;
    private final boolean askAgainAtOnce;

    /** It was asked: what was asked for may or may not have happened. */
    OutcomeUnknownException(String message, boolean askAgainAtOnce) {
        super(message);
        this.asked = true;
        this.askAgainAtOnce = askAgainAtOnce;
    }

    OutcomeUnknownException(String message, boolean asked, boolean askAgainAtOnce, Throwable cause) {
        super(message, cause);
        this.asked = asked;
        this.askAgainAtOnce = askAgainAtOnce;
    }

    /** Whether the other side may have heard of it; where it has not, nothing has happened by it. */
    public boolean asked() {
        return asked;
    }

    /** Whether another attempt right now may do better: not after a time-out, as the other side is then busy. */
    boolean askAgainAtOnce() {
        return askAgainAtOnce;
    }
}
