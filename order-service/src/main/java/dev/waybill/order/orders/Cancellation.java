package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The attempt to cancel an order that is under way, and the ids of those that were refused before it, so that a refusal that
 * comes again is known. The attempt that succeeded, or that the order's rejection overtook, stays the last one.
 */
@Embeddable
class Cancellation {

    @Column(name = "cancellation_id")
    private @Nullable UUID underWay;

    /** May hold personal data. */
    @Column(name = "stated_reason")
    private @Nullable String statedReason;

    @Column(name = "refused_cancellations")
    private List<UUID> refused = List.of();

    void begin(CancellationId id, String why) {
        underWay = id.value();
        statedReason = why;
    }

    void refuse() {
        refused = Stream.concat(refused.stream(), Stream.ofNullable(underWay)).toList();
        underWay = null;
        statedReason = null;
    }

    boolean isUnderWay() {
        return underWay != null;
    }

    boolean isUnderWay(CancellationId id) {
        return id.value().equals(underWay);
    }

    boolean wasRefused(CancellationId id) {
        return refused.contains(id.value());
    }

    boolean wasEverRefused() {
        return !refused.isEmpty();
    }

    Optional<String> statedReason() {
        return Optional.ofNullable(statedReason);
    }
}
