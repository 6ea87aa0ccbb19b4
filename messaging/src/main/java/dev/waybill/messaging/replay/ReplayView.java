package dev.waybill.messaging.replay;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A replay as operators see it.
 *
 * @param published events that are on the topic, each counted once
 * @param total events there will be; null until they are counted
 */
record ReplayView(
        UUID id,
        String topic,
        @Nullable Instant from,
        @Nullable Instant to,
        int ratePerSecond,
        Replay.Status status,
        long published,
        @Nullable Long total,
        @Nullable String failure,
        Instant requestedAt,
        @Nullable Instant endedAt) {

    static ReplayView from(Replay replay) {
        return new ReplayView(
                replay.id(),
                replay.topic(),
                replay.said().from(),
                replay.said().to(),
                replay.ratePerSecond(),
                replay.status(),
                replay.published(),
                replay.total(),
                replay.failure(),
                replay.requestedAt(),
                replay.endedAt());
    }
}
