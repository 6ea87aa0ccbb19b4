package dev.waybill.platform.client;

import java.util.Set;

/** What somebody does to an order after it was placed, and what is then waited for. */
sealed interface Act {

    /** Something has come to be so: a field of what a service answers has one of these values. */
    record Until(Source source, Set<String> values) implements Act {}

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
