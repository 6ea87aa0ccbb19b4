package dev.waybill.messaging.replay;

import dev.waybill.messaging.outbox.OutboxTable.Said;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * One publication of the event store to another topic.
 *
 * @param said which events
 * @param position everything up to here is on the topic
 * @param through where the relay stood when it was asked for: nothing behind that
 * @param published how many events are on the topic, each counted once
 * @param total how many there will be; null until they are counted
 */
record Replay(
        UUID id,
        String topic,
        Said said,
        int ratePerSecond,
        Status status,
        @Nullable String failure,
        long position,
        long through,
        long published,
        @Nullable Long total,
        Instant requestedAt,
        @Nullable Instant endedAt,
        long fencingToken) {

    enum Status {
        RUNNING, COMPLETED, FAILED
    }
}
