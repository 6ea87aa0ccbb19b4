package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;

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
}
