package dev.waybill.console.parked;

import java.util.ArrayList;
import java.util.List;

/**
 * What is looked for on the page; what is empty does not matter.
 *
 * @param reason  a part of it, in capitals or not
 * @param waiting whether those are shown too that wait behind another one
 */
record ParkedFilter(String service, String subscription, String key, String reason, boolean waiting) {

    ParkedFilter {
        service = service.strip();
        subscription = subscription.strip();
        key = key.strip();
        reason = reason.strip();
    }

    ParkedMessagesApi.Wanted wanted() {
        return new ParkedMessagesApi.Wanted(subscription, key, waiting ? "" : "PARKED");
    }

    boolean asks(String name) {
        return service.isEmpty() || service.equals(name);
    }

    boolean matches(ParkedMessage message) {
        return reason.isEmpty() || ReasonKind.matches(message.reason(), reason);
    }

    String words() {
        List<String> words = new ArrayList<>();
        add(words, "service", service);
        add(words, "subscription", subscription);
        add(words, "key", key);
        add(words, "reason contains", reason);
        return words.isEmpty() ? "everything that is parked" : String.join(", ", words);
    }

    private static void add(List<String> words, String name, String value) {
        if (!value.isEmpty()) {
            words.add(name + " " + value);
        }
    }
}
