package dev.waybill.order.streams;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** What a watcher is told of an order. */
record OrderNow(
        @JsonIgnore UUID id, String status, @Nullable String reason, long version, Instant updatedAt) {

    private static final Set<String> FINAL = Set.of("DELIVERED", "REJECTED", "CANCELLED");

    /** Nothing more comes after it. */
    @JsonIgnore
    boolean isFinal() {
        return FINAL.contains(status);
    }
}
