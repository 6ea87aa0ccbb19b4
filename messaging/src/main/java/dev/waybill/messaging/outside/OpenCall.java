package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.MessageContext;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A requested call that this process has claimed.
 *
 * @param id the idempotency key
 * @param cause the message whose handling requested it; none where a request from outside did
 * @param attempt 1 for the first
 */
record OpenCall(UUID id, String kind, OrderId orderId, @Nullable MessageContext cause, int attempt) {

    /** Runs the task as part of handling the message that caused the call. */
    void underItsCause(Runnable task) {
        if (cause == null) {
            task.run();
        } else {
            cause.run(task);
        }
    }
}
