package dev.waybill.console.parked;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What would happen if a message were handled now, as the service says it. */
record DryRun(String result, @Nullable String reason, @Nullable String stack, @Nullable List<Say> says,
        @Nullable List<Call> requests) {

    record Say(String type, String topic, @Nullable String key, @Nullable String payload) {}

    record Call(String kind, @Nullable String orderId) {}

    public boolean isFault() {
        return result.equals("FAULT");
    }

    public String words() {
        return switch (result) {
            case "HANDLED" -> "It would be handled.";
            case "FAULT" -> "It would fail again.";
            case "PASSED_OVER" -> "It is of no concern to its subscription any more, and would go without an effect.";
            default -> result;
        };
    }
}
