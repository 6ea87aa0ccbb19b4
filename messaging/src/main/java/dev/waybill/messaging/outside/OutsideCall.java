package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;

import java.util.Collection;
import java.util.UUID;

/**
 * One kind of call to the outside world, as a bean of the service that makes it.
 *
 * @param <R> what is learned from it: always something definite
 */
public interface OutsideCall<R> {

    /** A released name, since requests that are still open are stored under it. */
    String kind();

    /**
     * Makes the call. No transaction is open. Whatever it throws means that the outcome is not known: the call is made
     * again, with the same key, after growing pauses, until it answers or its outcome is learned in another way
     * ({@link OutsideCalls#settle}).
     *
     * @param idempotencyKey the same at every attempt
     */
    R call(OrderId orderId, UUID idempotencyKey);

    /** Records what was learned and says the event, in the transaction that also closes the request: so exactly once. */
    void record(OrderId orderId, R outcome);

    /**
     * Called in a transaction of its own after an attempt whose outcome is not known; not after one at which the other side was
     * not reached, as then nothing can have happened.
     */
    default void inDoubt(OrderId orderId) {}

    /**
     * Called first in a transaction that records outcomes of this kind: the place to load, and to lock in one fixed order,
     * what they are about.
     *
     * @param orderIds each once, ascending
     */
    default void prefetch(Collection<OrderId> orderIds) {}
}
