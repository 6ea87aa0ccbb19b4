package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;

import java.util.UUID;

/**
 * Notes down which calls to the outside world have to be made. Calls for one order are made one after another, in the order
 * in which they were requested; calls for different orders run side by side.
 */
public interface OutsideCalls {

    /**
     * Requests a call, in the running transaction: it is made after, and only if, that commits. The message that is being
     * handled becomes the cause of whatever the call's outcome says.
     *
     * @param kind the {@link OutsideCall#kind()} that makes it
     * @throws IllegalStateException outside a transaction
     */
    void request(String kind, OrderId orderId);

    /**
     * Requests one of several calls of this kind that an order may have.
     *
     * @param kind of an {@link OutsideCallAbout}
     * @param about which of them
     * @throws IllegalStateException outside a transaction
     */
    void request(String kind, OrderId orderId, UUID about);

    /**
     * Records an outcome that was learned in another way than by the call's own answer, in the running transaction and as the
     * call itself would: under its cause, and once. The call is closed by it; should its own answer still come, it is recorded
     * already. Whatever the outcome is about has to be locked before, as by {@link OutsideCall#prefetch}.
     *
     * @param idempotencyKey what the other side says that it was asked with: that it has done what we have asked for, too, does
     *     not make it ours
     * @return false where the call that the order waits for is not this one, and nothing was recorded
     * @throws IllegalStateException outside a transaction
     */
    <R> boolean settle(OutsideCall<R> call, OrderId orderId, UUID idempotencyKey, R outcome);
}
