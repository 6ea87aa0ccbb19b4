package dev.waybill.shipping.shipments;

import java.time.Instant;

/** What the carrier has told, each webhook once. */
interface CarrierWebhooks {

    /** Notes it down; answers false where it was noted down before. Of two at once the later one waits for the first. */
    boolean add(CarrierWebhook webhook, Instant now);
}
