package dev.waybill.console.flow;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The calls to the outside that a service has no outcome of, as it tells of them.
 *
 * @param items    the oldest first
 * @param breakers of the process that has answered
 */
record Waits(List<Wait> items, @Nullable String next, List<Breaker> breakers) {

    Waits(@Nullable List<Wait> items, @Nullable String next, @Nullable List<Breaker> breakers) {
        this.items = List.copyOf(Objects.requireNonNullElse(items, List.of()));
        this.next = next;
        this.breakers = List.copyOf(Objects.requireNonNullElse(breakers, List.of()));
    }

    record Wait(@Nullable String kind, @Nullable UUID orderId, int attempts, @Nullable Instant requestedAt,
            @Nullable Instant nextAttemptAt, @Nullable String lastError) {}

    record Breaker(@Nullable String name, @Nullable String state) {

        public boolean isClosed() {
            return "CLOSED".equals(state);
        }
    }
}
