package dev.waybill.order.orders;

import dev.waybill.events.OrderEvent.CancellationRequested;

/** What becomes of somebody's wish to have an order cancelled. */
sealed interface CancellationOutcome {

    /** It is now found out whether it still can be. */
    record Requested(CancellationRequested event) implements CancellationOutcome {}

    /** Somebody wished it before; there is one answer for both. */
    record UnderWay() implements CancellationOutcome {}

    /** The carrier has the parcel, or the order has ended. */
    record TooLate(OrderStatus status) implements CancellationOutcome {}
}
