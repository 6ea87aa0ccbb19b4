package dev.waybill.messaging;

import tools.jackson.core.JacksonException;

/**
 * A fault as it may stand in a log. What Jackson says quotes what it could not read, and that may be a customer's name; so only the kind of
 * its fault is left, and the place. The words themselves are kept with the parked message, where the payload is too.
 */
public final class FaultInLog extends RuntimeException {

    private FaultInLog(JacksonException fault) {
        super(describe(fault), null, false, true);
        setStackTrace(fault.getStackTrace());
    }

    /** The fault itself, unless it quotes what it was about. */
    public static Throwable of(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException unreadable) {
                return new FaultInLog(unreadable);
            }
        }
        return fault;
    }

    private static String describe(JacksonException fault) {
        var location = fault.getLocation();
        String kind = fault.getClass().getSimpleName();
        return location == null || location.getLineNr() < 0
                ? "Unreadable: " + kind
                : "Unreadable: %s at line %d, column %d".formatted(kind, location.getLineNr(), location.getColumnNr());
    }
}
