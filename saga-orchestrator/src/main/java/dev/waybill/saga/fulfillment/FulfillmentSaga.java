package dev.waybill.saga.fulfillment;

import dev.waybill.saga.engine.Saga;
import dev.waybill.saga.engine.Stages.Refusable;

/** How an order is fulfilled. Before the pivot every step can be undone; after it every step must eventually succeed. */
public final class FulfillmentSaga {

    public static final Saga<Fulfillment> DEFINITION = version(2)
            .whenRefused("end order", Fulfillment::endOrder)
            .whenFinished(Fulfillment::withoutAddress);

    /** As it was before orders could be cancelled. Instances that were started under it are finished under it. */
    public static final Saga<Fulfillment> VERSION_1 = version(1)
            .whenRefused("reject order", Fulfillment::endOrder)
            .whenFinished(Fulfillment::withoutAddress);

    private FulfillmentSaga() {}

    private static Refusable<Fulfillment> version(int version) {
        return Saga.named("order-fulfillment", version, Fulfillment.class)
                .compensatable(
                        "reserve stock",
                        Fulfillment::reserveStock, Fulfillment::stockAnswered,
                        Fulfillment::releaseStock)
                .compensatable(
                        "authorize payment",
                        Fulfillment::authorizePayment, Fulfillment::paymentAnswered,
                        Fulfillment::voidPayment)
                .compensatable(
                        "book shipment",
                        Fulfillment::bookShipment, Fulfillment::shipmentAnswered,
                        Fulfillment::cancelShipment, Fulfillment::cancellationAnswered)
                .pivot("capture payment", Fulfillment::capturePayment, Fulfillment::captureAnswered)
                .retriable("complete",
                        Fulfillment::commitStock, Fulfillment::dispatchShipment, Fulfillment::confirmOrder)
                .whenInDoubt(Fulfillment::timedOut);
    }
}
