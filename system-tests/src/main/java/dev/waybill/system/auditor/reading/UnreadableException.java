package dev.waybill.system.auditor.reading;

/** Evidence could not be read: the audit says nothing about what holds. */
public final class UnreadableException extends RuntimeException {

    public UnreadableException(String message) {
        super(message);
    }

    public UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
