package dev.waybill.payment.payments;

import dev.waybill.defaults.webhooks.SignedWebhook;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where the gateway tells by itself what it has done. */
@RestController
class WebhookController {

    private final TakingWebhooks taking;

    WebhookController(TakingWebhooks taking) {
        this.taking = taking;
    }

    @PostMapping("/gateway-webhooks")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void take(SignedWebhook webhook) {
        taking.take(webhook.read(GatewayWebhook.class), webhook.text());
    }
}
