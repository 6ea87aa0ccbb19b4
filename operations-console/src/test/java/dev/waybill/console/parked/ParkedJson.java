package dev.waybill.console.parked;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Parked messages as a service shows them. */
public final class ParkedJson {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ParkedJson() {}

    public static Map<String, @Nullable Object> message(UUID id, String key, long version) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("subscription", "payment-commands");
        message.put("type", "dev.waybill.payment.capture.v1");
        message.put("key", key);
        message.put("messageId", UUID.randomUUID());
        message.put("state", "PARKED");
        message.put("reason", "There is no order " + key);
        message.put("attempts", 3);
        message.put("parkedAt", "2026-11-21T14:00:00Z");
        message.put("topic", "payment.commands");
        message.put("partition", 3);
        message.put("offset", 17);
        message.put("edited", false);
        message.put("version", version);
        message.put("payload", "{\"amount\":1.10,\"currency\":\"EUR\"}");
        message.put("payloadEncoding", "UTF_8");
        message.put("headers", Map.of("ce_id", "0198"));
        return message;
    }

    /** A line of a service's own journal. */
    static Map<String, String> act(String kind, String who, String why) {
        return act(kind, who, why, "2026-11-21T14:05:00Z");
    }

    static Map<String, String> act(String kind, String who, String why, String at) {
        return Map.of("at", at, "kind", kind, "who", who, "why", why, "subscription", "payment-commands");
    }

    public static String listing(@Nullable String next, List<? extends Map<String, ?>> items) {
        Map<String, @Nullable Object> listing = new LinkedHashMap<>();
        listing.put("items", items);
        listing.put("next", next);
        return JSON.writeValueAsString(listing);
    }

    public static String json(Object value) {
        return JSON.writeValueAsString(value);
    }
}
