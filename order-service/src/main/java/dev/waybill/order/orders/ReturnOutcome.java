package dev.waybill.order.orders;

import dev.waybill.events.OrderEvent.ReturnRequested;

import java.util.List;

/** What becomes of somebody's wish to send pieces of an order back. */
sealed interface ReturnOutcome {

    record Requested(OrderReturn accepted, ReturnRequested event) implements ReturnOutcome {}

    /** Nothing of the order can come back, as it stands. */
    record NotNow(OrderStatus status, boolean handedOver) implements ReturnOutcome {}

    /** Some of what is to come back cannot: all of it stays. */
    record NotThese(List<Objection> objections) implements ReturnOutcome {
        public NotThese {
            objections = List.copyOf(objections);
        }
    }

    sealed interface Objection {
        /** Position of the wish, from 0. */
        int line();
    }

    record NotOrdered(int line) implements Objection {}

    /** @param left how many can come back in one return, all lines of that SKU together */
    record NotSoMany(int line, long left) implements Objection {}
}
