package dev.waybill.shipping.shipments;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.waybill.events.OrderId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What the carrier tells about a parcel.
 *
 * @param id the same however often it is told
 * @param orderId what the parcel was booked for, as the carrier was told it
 * @param at when it happened, by the carrier's clock
 */
record CarrierWebhook(String id, String trackingNumber, @Nullable String orderId, Status status, Instant at) {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2999-12-31T00:00:00Z");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    /** Where the carrier sees the parcel. Open. */
    enum Status {
        BOOKED, DISPATCHED, HANDED_OVER, IN_TRANSIT, DELIVERED, CANCELLED, @JsonEnumDefaultValue
        OTHER
    }

    CarrierWebhook {
        requireName("id", id);
        requireName("trackingNumber", trackingNumber);
        if (orderId != null) {
            requireName("orderId", orderId);
        }
        if (status == null || at == null || at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
            throw new IllegalArgumentException("A webhook says which status a parcel has, and since when");
        }
    }

    /** The order, where what the carrier calls so can be one of ours. */
    Optional<OrderId> order() {
        try {
            return Optional.ofNullable(orderId).map(UUID::fromString).map(OrderId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void requireName(String field, @Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A webhook's %s has 1 to 100 characters".formatted(field));
        }
    }
}
