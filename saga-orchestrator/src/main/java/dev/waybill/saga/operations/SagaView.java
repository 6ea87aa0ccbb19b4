package dev.waybill.saga.operations;

import dev.waybill.saga.engine.Status;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A saga in a list.
 *
 * @param orderNumber what people call the order; none where it was not known when the saga began
 * @param step where it stands, or stood last
 * @param deadline when it will do something of its own accord; none where it only waits, or has finished
 * @param version goes up with every change
 */
record SagaView(
        UUID id,
        String type,
        UUID orderId,
        @Nullable String orderNumber,
        Status status,
        String step,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant deadline,
        long version) {}
