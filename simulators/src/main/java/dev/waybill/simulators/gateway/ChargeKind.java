package dev.waybill.simulators.gateway;

/** What the gateway does to a card, and what it says when it has done so. */
enum ChargeKind {
    AUTHORIZE("AUTHORIZED"), CAPTURE("CAPTURED"), VOID("VOIDED"), REFUND("REFUNDED");

    private final String status;

    ChargeKind(String status) {
        this.status = status;
    }

    String status() {
        return status;
    }
}
