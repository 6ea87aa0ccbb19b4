package dev.waybill.saga.engine;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.saga.engine.ModelParticipants.Deed;
import dev.waybill.saga.fulfillment.Fulfillment;
import dev.waybill.saga.fulfillment.FulfillmentSaga;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/**
 * A definition that is explored, and what has to be known of it to judge its runs.
 *
 * @param together what is sent together
 * @param allOfIt what has been done when it is completed
 * @param calledOff how the order ends when it was called off
 */
record Explored<S>(
        Saga<S> saga, Function<SampleOrder, S> data, Set<Class<?>> together, Set<Deed> allOfIt, Deed calledOff) {

    static final Patience TENTATIVE = new Patience(Duration.ofMillis(100), Duration.ofMillis(400), 3);
    static final Patience PERSISTENT = new Patience(Duration.ofMillis(100), Duration.ofMillis(400), 8);

    static final Explored<Fulfillment> FULFILLMENT = new Explored<>(
            FulfillmentSaga.DEFINITION.waiting(TENTATIVE, PERSISTENT),
            order -> Fulfillment.of(order.placed()),
            Set.of(CommitStock.class, DispatchShipment.class, ConfirmOrder.class),
            EnumSet.of(Deed.RESERVED, Deed.AUTHORIZED, Deed.BOOKED, Deed.CAPTURED, Deed.COMMITTED, Deed.DISPATCHED,
                    Deed.CONFIRMED),
            Deed.ORDER_CANCELLED);

    static final Explored<StagedOrder> STAGED = new Explored<>(
            StagedOrder.DEFINITION.waiting(TENTATIVE, PERSISTENT),
            order -> new StagedOrder(order.orderId()),
            Set.of(CommitStock.class, RefundPayment.class),
            EnumSet.of(Deed.RESERVED, Deed.AUTHORIZED, Deed.CAPTURED, Deed.COMMITTED, Deed.REFUNDED, Deed.DISPATCHED,
                    Deed.CONFIRMED),
            Deed.REJECTED);
}
