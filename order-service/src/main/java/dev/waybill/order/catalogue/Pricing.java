package dev.waybill.order.catalogue;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.Line;

import java.util.List;

/** What the catalogue says to a list of wishes. */
public sealed interface Pricing {

    /** All of it can be had, at these prices. */
    record Priced(List<Line> lines, Money total) implements Pricing {
        public Priced {
            lines = List.copyOf(lines);
        }
    }

    /** It cannot be had as it was wished. */
    sealed interface Refused extends Pricing {}

    /** Some of it cannot be had. */
    record NotForSale(List<Objection> objections) implements Refused {
        public NotForSale {
            objections = List.copyOf(objections);
        }
    }

    /** It comes to more than an amount of money can hold. */
    record TooMuch() implements Refused {}

    /**
     * @param line position of the wish, from 0
     */
    record Objection(int line, Reason reason) {}

    enum Reason {
        UNKNOWN_SKU, NOT_SOLD_ANY_MORE, PRICED_IN_ANOTHER_CURRENCY
    }
}
