package dev.waybill.shipping.shipments;

/** What the carrier is asked. The kinds are released names: requests that are open are stored under them. */
enum CarrierCall {
    BOOK("shipment.book"), DISPATCH("shipment.dispatch"), CANCEL("shipment.cancel");

    private final String kind;

    CarrierCall(String kind) {
        this.kind = kind;
    }

    String kind() {
        return kind;
    }
}
