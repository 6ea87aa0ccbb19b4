package dev.waybill.console.orders;

import dev.waybill.console.services.OrderService.Wanted;
import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/** What somebody typed to find orders by, as they typed it. Times are UTC, as everywhere here. */
record SearchForm(String q, String status, String sku, String from, String to) {

    static final List<String> STATUSES = List
            .of("PENDING", "CONFIRMED", "SHIPPED", "DELIVERED", "REJECTED", "CANCELLING", "CANCELLED");

    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    SearchForm(@Nullable String q, @Nullable String status, @Nullable String sku, @Nullable String from,
            @Nullable String to) {
        this.q = Objects.requireNonNullElse(q, "").strip();
        this.status = Objects.requireNonNullElse(status, "").strip();
        this.sku = Objects.requireNonNullElse(sku, "").strip();
        this.from = Objects.requireNonNullElse(from, "").strip();
        this.to = Objects.requireNonNullElse(to, "").strip();
    }

    /** @throws DateTimeException where a time is none */
    Wanted wanted() {
        return new Wanted(q, status, sku, instant(from), instant(to));
    }

    /** Where an order's id was typed, which no search of the service finds. */
    @Nullable UUID id() {
        return UUID_TEXT.matcher(q).matches() ? UUID.fromString(q) : null;
    }

    /** Whether anything is wanted of the orders at all. */
    public boolean isEmpty() {
        return (q + status + sku + from + to).isEmpty();
    }

    private static @Nullable Instant instant(String typed) {
        if (typed.isEmpty()) {
            return null;
        }
        return typed.endsWith("Z") ? Instant.parse(typed) : LocalDateTime.parse(typed).toInstant(ZoneOffset.UTC);
    }
}
