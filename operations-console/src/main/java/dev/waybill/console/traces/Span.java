package dev.waybill.console.traces;

/**
 * One piece of work of one service, as far as it is shown.
 *
 * @param parent empty where it has none
 * @param kind   as OpenTelemetry has it: {@code SERVER}, {@code CONSUMER} …
 * @param from   in nanoseconds since the epoch, by the clock of its service
 * @param order  the id of the order that it is about; empty where it does not say
 * @param error  what went wrong, in few words; empty where nothing did
 */
record Span(String trace, String id, String parent, String service, String name, String kind, long from, long until,
        String order, String error) {

    /** An object, its fields, and its place in a map; strings of ASCII take a byte for each character. */
    private static final int FIXED_BYTES = 480;

    boolean hasFailed() {
        return !error.isEmpty();
    }

    /** What it takes in memory, by estimate. */
    int bytes() {
        return FIXED_BYTES + trace.length() + id.length() + parent.length() + service.length() + name.length()
                + kind.length() + order.length() + error.length();
    }
}
