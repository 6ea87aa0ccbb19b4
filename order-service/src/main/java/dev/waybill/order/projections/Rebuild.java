package dev.waybill.order.projections;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * One making of a projection anew.
 *
 * @param generation that it makes
 * @param events records that are read
 * @param total records there are to be read; null until they are counted
 * @param attempts how often it was begun: after a crash or a fault it begins again
 */
record Rebuild(
        UUID id,
        String projection,
        long generation,
        Status status,
        @Nullable String failure,
        String requestedBy,
        String reason,
        Instant requestedAt,
        @Nullable Instant endedAt,
        long events,
        @Nullable Long total,
        int attempts,
        long fencingToken) {

    enum Status {
        RUNNING, COMPLETED, FAILED
    }
}
