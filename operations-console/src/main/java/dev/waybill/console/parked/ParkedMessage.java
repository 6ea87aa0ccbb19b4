package dev.waybill.console.parked;

import dev.waybill.console.PrettyJson;
import dev.waybill.console.Spoken;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A parked message as its service shows it. Its stack, its original and its journal come only with the message itself, and its payload is
 * cut off in a list.
 *
 * @param waitsBehind the message that has to be seen to first
 * @param reason      why it could not be handled; nothing as long as it was not tried
 * @param original    what arrived, where it was edited
 */
record ParkedMessage(UUID id, String subscription, @Nullable String type, String key, @Nullable UUID messageId,
        String state, @Nullable UUID waitsBehind, @Nullable String reason, int attempts,
        Instant parkedAt, @Nullable String topic, int partition, long offset,
        boolean edited, long version, @Nullable String payload, @Nullable String payloadEncoding,
        @Nullable Map<String, String> headers, @Nullable String stack, @Nullable Original original,
        @Nullable List<Act> journal) {

    private static final String PARKED = "PARKED";
    private static final String TEXT = "UTF_8";

    record Original(@Nullable String payload, @Nullable String payloadEncoding, Map<String, String> headers) {}

    /** What somebody did about it. */
    record Act(Instant at, String kind, String who, @Nullable String why, @Nullable String detail) {

        /** {@code edited by ada at 2026-11-21 14:00:00 UTC: wrong amount}. */
        public String words() {
            return "%s by %s at %s UTC%s".formatted(kind.toLowerCase(Locale.ROOT).replace('_', ' '), who,
                    Spoken.moment(at),
                    why == null ? "" : ": " + why);
        }
    }

    /** What was done about it, the newest first. */
    List<Act> acts() {
        return journal == null ? List.of() : journal;
    }

    public boolean standsFirst() {
        return state.equals(PARKED);
    }

    /** Whether its payload is a text, and can be edited as one. */
    public boolean isText() {
        return payloadEncoding == null || payloadEncoding.equals(TEXT);
    }

    public String pretty() {
        return isText() ? PrettyJson.of(payload) : Objects.requireNonNullElse(payload, "");
    }

    public String typeOrDash() {
        return type == null ? "(no type)" : type;
    }

    /** By name. */
    public Map<String, String> sortedHeaders() {
        return headers == null ? Map.of() : new TreeMap<>(headers);
    }

    /** The order that its key names. */
    @Nullable UUID order() {
        return uuid(key).orElse(null);
    }

    static Optional<UUID> uuid(@Nullable String text) {
        try {
            return text == null || text.length() != 36 ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Nullable String header(String name) {
        return headers == null ? null : headers.get(name);
    }
}
