package dev.waybill.saga.cancellation;

import dev.waybill.saga.engine.Saga;

import java.util.function.UnaryOperator;

/**
 * How an order is cancelled that was fulfilled already: as long as the parcel can be kept here. A carrier that has it refuses,
 * and the order goes back to what it was.
 */
public final class CancellationSaga {

    public static final Saga<Cancellation> DEFINITION = Saga.named("order-cancellation", 1, Cancellation.class)
            .pivot("cancel shipment", Cancellation::cancelShipment, Cancellation::shipmentAnswered)
            .retriable("refund and restock", Cancellation::refundPayment, Cancellation::refundAnswered)
            .togetherWith(Cancellation::restock)
            .retriable("cancel order", Cancellation::cancelOrder)
            .whenInDoubt(UnaryOperator.identity())
            .whenRefused("reinstate order", Cancellation::reinstateOrder);

    private CancellationSaga() {}
}
