package dev.waybill.console.parked;

/**
 * An edit as somebody has typed it.
 *
 * @param version of what they had before them
 */
record Typed(String payload, long version, String reason) {

    Typed {
        // Browsers send the ends of lines in their own way.
        payload = payload.replace("\r\n", "\n");
    }

    /** Whether what stands there by now is just this. */
    boolean standsIn(ParkedMessage newest) {
        return newest.edited() && newest.version() > version && payload.equals(newest.payload());
    }
}
