package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.outside.OutsideCall;
import dev.waybill.messaging.outside.OutsideCalls;

import java.util.UUID;
import java.util.function.Consumer;

/** Notes which calls are requested. A shipment asks one thing at a time, and learns the outcome from the answer only. */
record NotedCalls(Consumer<String> kinds) implements OutsideCalls {

    @Override
    public void request(String kind, OrderId orderId) {
        kinds.accept(kind);
    }

    @Override
    public void request(String kind, OrderId orderId, UUID about) {
        throw new UnsupportedOperationException(kind);
    }

    @Override
    public <R> boolean settle(OutsideCall<R> call, OrderId orderId, UUID idempotencyKey, R outcome) {
        throw new UnsupportedOperationException("No webhook of the carrier settles a call");
    }
}
