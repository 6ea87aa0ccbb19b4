package dev.waybill.saga.operations;

import dev.waybill.saga.engine.Status;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * Which sagas are asked for; what is null, or empty, does not matter.
 *
 * @param startedBefore this instant
 */
record SagaFilter(
        @Nullable String type,
        @Nullable Status status,
        @Nullable String step,
        @Nullable Instant startedBefore,
        @Nullable UUID orderId) {

    SagaFilter {
        type = type == null || type.isEmpty() ? null : type;
        step = step == null || step.isEmpty() ? null : step;
    }
}
