package dev.waybill.console.services;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** A call to the outside world that a service has requested and has no outcome of yet: an order's saga waits for as long. */
public record OutsideCall(UUID id, @Nullable String kind, int attempts, @Nullable Instant requestedAt,
        @Nullable Instant nextAttemptAt, @Nullable String lastError) {

    static final String PATH = "/operations/outside-calls";
}
