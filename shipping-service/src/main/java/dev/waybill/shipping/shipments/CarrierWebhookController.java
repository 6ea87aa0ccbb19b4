package dev.waybill.shipping.shipments;

import dev.waybill.defaults.webhooks.SignedWebhook;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where the carrier tells what happens to parcels. Whatever is genuine and can be read is taken, known or not. */
@RestController
class CarrierWebhookController {

    private final HearingFromCarrier hearing;

    CarrierWebhookController(HearingFromCarrier hearing) {
        this.hearing = hearing;
    }

    @PostMapping("/carrier-webhooks")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void take(SignedWebhook webhook) {
        hearing.hear(webhook.read(CarrierWebhook.class));
    }
}
