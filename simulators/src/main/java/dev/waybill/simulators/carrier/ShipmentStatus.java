package dev.waybill.simulators.carrier;

/** Where a parcel is, in the order of its way; a cancelled one goes nowhere any more. */
enum ShipmentStatus {
    BOOKED, DISPATCHED, HANDED_OVER, IN_TRANSIT, DELIVERED, CANCELLED;

    boolean hasLeft() {
        return switch (this) {
            case HANDED_OVER, IN_TRANSIT, DELIVERED -> true;
            case BOOKED, DISPATCHED, CANCELLED -> false;
        };
    }

    /** What is done to a parcel when it gets here: a webhook's kind. */
    String kind() {
        return switch (this) {
            case BOOKED -> "BOOK";
            case DISPATCHED -> "DISPATCH";
            case HANDED_OVER, IN_TRANSIT, DELIVERED -> "SCAN";
            case CANCELLED -> "CANCEL";
        };
    }
}
