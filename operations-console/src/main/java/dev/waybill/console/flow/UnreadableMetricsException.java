package dev.waybill.console.flow;

/** What a service gives as its metrics is not metrics, or is more than anybody reads. */
final class UnreadableMetricsException extends IllegalArgumentException {

    UnreadableMetricsException(String message) {
        super(message);
    }
}
