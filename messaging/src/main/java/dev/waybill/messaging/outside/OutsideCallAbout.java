package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;

import java.util.UUID;

/**
 * A kind of call of which an order may have several that are different things: its refunds. Each is requested, made and recorded
 * under the id of what it is about, which is not the idempotency key: that is another one whenever the call is requested anew.
 *
 * @param <R> what is learned from it: always something definite
 */
public interface OutsideCallAbout<R> extends OutsideCall<R> {

    /** As {@link OutsideCall#call(OrderId, UUID)}. */
    R callAbout(OrderId orderId, UUID about, UUID idempotencyKey);

    /** As {@link OutsideCall#record(OrderId, Object)}. */
    void recordAbout(OrderId orderId, UUID about, R outcome);

    /** As {@link OutsideCall#inDoubt(OrderId)}. */
    default void inDoubtAbout(OrderId orderId, UUID about) {}

    @Override
    default R call(OrderId orderId, UUID idempotencyKey) {
        throw new IllegalStateException("It is not known what %s for order %s is about".formatted(kind(), orderId));
    }

    @Override
    default void record(OrderId orderId, R outcome) {
        throw new IllegalStateException("It is not known what %s for order %s is about".formatted(kind(), orderId));
    }
}
