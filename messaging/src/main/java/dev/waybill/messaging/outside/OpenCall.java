package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.LogFields;
import dev.waybill.messaging.MessageContext;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A requested call that this process has claimed.
 *
 * @param id the idempotency key
 * @param about which of several such calls; none where an order has but one of the kind
 * @param cause the message whose handling requested it; none where a request from outside did
 * @param attempt 1 for the first
 */
record OpenCall(
        UUID id,
        String kind,
        OrderId orderId,
        @Nullable UUID about,
        @Nullable MessageContext cause,
        int attempt) {

    <R> R make(OutsideCall<R> call) {
        return about != null && call instanceof OutsideCallAbout<R> several
                ? several.callAbout(orderId, about, id)
                : call.call(orderId, id);
    }

    <R> void record(OutsideCall<R> call, R outcome) {
        underItsCause(() -> {
            if (about != null && call instanceof OutsideCallAbout<R> several) {
                several.recordAbout(orderId, about, outcome);
            } else {
                call.record(orderId, outcome);
            }
        });
    }

    void doubt(OutsideCall<?> call) {
        underItsCause(() -> {
            if (about != null && call instanceof OutsideCallAbout<?> several) {
                several.inDoubtAbout(orderId, about);
            } else {
                call.inDoubt(orderId);
            }
        });
    }

    /** Runs the task so that every line it logs says whom it is for. */
    void inLog(Runnable task) {
        LogFields.run(orderId, cause, task);
    }

    /** Runs the task as part of handling the message that caused the call. */
    private void underItsCause(Runnable task) {
        MessageContext message = cause;
        inLog(message == null ? task : () -> message.run(task));
    }
}
