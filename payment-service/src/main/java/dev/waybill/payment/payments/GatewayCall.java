package dev.waybill.payment.payments;

/** What the gateway is asked. The kinds are released names: requests that are open are stored under them. */
enum GatewayCall {
    AUTHORIZE("payment.authorize"), VOID("payment.void"), CAPTURE("payment.capture"), RENEW("payment.renew"),
    REFUND("payment.refund");

    private final String kind;

    GatewayCall(String kind) {
        this.kind = kind;
    }

    String kind() {
        return kind;
    }
}
