package dev.waybill.saga.fulfillment;

import dev.waybill.saga.engine.Saga;

/** How an order is fulfilled. Before the pivot every step can be undone; after it every step must eventually succeed. */
public final class FulfillmentSaga {

    public static final Saga<Fulfillment> DEFINITION = Saga.named("order-fulfillment", 1, Fulfillment.class)
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
            .retriable("complete", Fulfillment::commitStock, Fulfillment::dispatchShipment, Fulfillment::confirmOrder)
            .whenInDoubt(Fulfillment::timedOut)
            .whenRefused("reject order", Fulfillment::rejectOrder)
            .whenFinished(Fulfillment::withoutAddress);

    private FulfillmentSaga() {}
}
