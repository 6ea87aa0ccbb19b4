package dev.waybill.console;

import dev.waybill.console.services.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/** How templates say times, amounts and the services' names for things; there as {@code ${say}}. What is missing is a dash. */
@Component
public class Say {

    private static final String NOTHING = "–";

    private final Clock clock;

    Say(Clock clock) {
        this.clock = clock;
    }

    public String moment(@Nullable Instant at) {
        return at == null ? NOTHING : Spoken.moment(at);
    }

    /** To the millisecond: for what happens in quick succession. */
    public String exact(@Nullable Instant at) {
        return at == null ? NOTHING : Spoken.exactMoment(at);
    }

    /** {@code 3 min 20 s ago}, or how long it is till then. */
    public String ago(@Nullable Instant at) {
        if (at == null) {
            return NOTHING;
        }
        Duration age = Duration.between(at, clock.instant());
        if (age.isNegative()) {
            return "in " + Spoken.duration(age.negated());
        }
        return age.toSeconds() < 1 ? "just now" : Spoken.duration(age) + " ago";
    }

    /** The same in whole seconds, negative for what is to come, so that a page can go on counting. */
    public @Nullable Long age(@Nullable Instant at) {
        if (at == null) {
            return null;
        }
        Duration age = Duration.between(at, clock.instant());
        return age.isNegative() ? -age.negated().toSeconds() : age.toSeconds();
    }

    public String money(@Nullable Money amount) {
        return amount == null ? NOTHING : amount.words();
    }

    /** An order's status. One that is not known here yet is said as it is. */
    public String order(@Nullable String status) {
        return switch (Objects.requireNonNullElse(status, "")) {
            case "PENDING" -> "being fulfilled";
            case "CONFIRMED" -> "confirmed: it is paid, and its parcel may leave";
            case "SHIPPED" -> "shipped: the carrier has the parcel";
            case "DELIVERED" -> "delivered";
            case "REJECTED" -> "rejected";
            case "CANCELLING" -> "being cancelled";
            case "CANCELLED" -> "cancelled";
            default -> name(status);
        };
    }

    /** A saga's status. */
    public String saga(@Nullable String status) {
        return switch (Objects.requireNonNullElse(status, "")) {
            case "RUNNING" -> "on its way";
            case "COMPENSATING" -> "turning back: what was done is being undone";
            case "COMPLETED" -> "completed";
            case "COMPENSATED" -> "undone: nothing of it is left";
            case "STUCK" -> "stuck: a person has to help";
            default -> name(status);
        };
    }

    /** {@code PARTIALLY_REFUNDED} or {@code PaymentCaptured} as words. */
    public String name(@Nullable String constant) {
        if (constant == null || constant.isBlank()) {
            return NOTHING;
        }
        return constant.replace('_', ' ').replace('-', ' ').replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** Nothing for an object without fields. */
    public String json(@Nullable JsonNode value) {
        return value == null || value.isEmpty() ? "" : value.toString();
    }

    public String orDash(@Nullable Object value) {
        return value == null ? NOTHING : value.toString();
    }
}
