package dev.waybill.payment.payments;

/** The webhooks that came from the gateway: each once, and all of them, whatever they came to. */
interface GatewayWebhooks {

    /**
     * Keeps one, in the running transaction. One that another transaction is just taking is waited for.
     *
     * @param body as it came
     * @return whether it is new
     */
    boolean add(GatewayWebhook webhook, String body);

    /** Corrects what it came to, as long as nothing was said {@link GatewayWebhook.Effect#KNOWN}. */
    void cameTo(GatewayWebhook webhook, GatewayWebhook.Effect effect);
}
