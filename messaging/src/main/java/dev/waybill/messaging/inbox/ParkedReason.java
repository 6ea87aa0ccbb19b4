package dev.waybill.messaging.inbox;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Why a message could not be handled, in a form that can be stored; nothing for one that was not tried. */
record ParkedReason(@Nullable String reason, @Nullable String stack) {

    static final ParkedReason NONE = new ParkedReason(null, null);

    private static final int LONGEST = 16_000;

    static ParkedReason of(Throwable fault) {
        String message = fault.getMessage();
        var stack = new StringWriter();
        fault.printStackTrace(new PrintWriter(stack));
        return new ParkedReason(
                storable(message == null ? fault.getClass().getSimpleName() : message), storable(stack.toString()));
    }

    /** PostgreSQL's text takes no NUL. */
    static String storable(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return cut.replace('\0', '\uFFFD');
    }
}
