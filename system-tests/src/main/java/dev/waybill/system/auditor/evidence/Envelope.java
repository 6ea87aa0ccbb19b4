package dev.waybill.system.auditor.evidence;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;

/**
 * A message's headers, by what they mean. What is missing or illegible is null or empty here: judging it is left to the
 * rules.
 */
public record Envelope(Map<String, String> headers) {

    public String id() {
        return text("ce_id");
    }

    public String type() {
        return text("ce_type");
    }

    public String source() {
        return text("ce_source");
    }

    public String subject() {
        return text("ce_subject");
    }

    public @Nullable Long sequence() {
        return number("ce_sequence");
    }

    public long logicalTime() {
        return Objects.requireNonNullElse(number("ce_logicaltime"), 0L);
    }

    public @Nullable String causationId() {
        return headers.get("ce_causationid");
    }

    private String text(String header) {
        return headers.getOrDefault(header, "");
    }

    private @Nullable Long number(String header) {
        String value = headers.get(header);
        return value != null && value.matches("-?\\d{1,18}") ? Long.valueOf(value) : null;
    }
}
