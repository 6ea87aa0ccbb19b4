package dev.waybill.platform.client;

import java.util.List;
import java.util.Set;

/** What somebody does to an order after it was placed, and what is then waited for. */
sealed interface Act {

    /**
     * Something has come to be so: a field of what a service answers has one of these values.
     *
     * @param inWords what that means, told once it is so; empty where the order's timeline tells it
     */
    record Until(Source source, Set<String> values, String inWords) implements Act {

        Until(Source source, Set<String> values) {
            this(source, values, "");
        }
    }

    /**
     * What the story promises about the money.
     *
     * @param either the kinds of charges that the gateway's own books may have for the order by now, in their order
     */
    record Promise(String inWords, Set<List<String>> either) implements Act {}

    /** Where to look; {@code status} is the field. */
    enum Source {
        ORDER, PAYMENT, SHIPMENT, RETURN
    }

    /** The customer wants it cancelled. */
    record Cancel(String reason) implements Act {}

    /** The customer sends so many pieces back. */
    record SendBack(int quantity, String reason) implements Act {}

    /** An operator gives back a part of the money. */
    record Refund(long amountMinor, String reason) implements Act {}

    /** The carrier's driver scans the parcel. */
    record Scan(String status) implements Act {}

    /** The outside world misbehaves from now on. */
    record Misbehave(String who, String mode, String inWords) implements Act {}

    /** The outside world behaves again. */
    record Behave(String who) implements Act {}
}
