package dev.waybill.probe;

import dev.waybill.defaults.webhooks.SignedWebhook;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class WebhookController {

    /** What somebody tells. */
    record Told(String id, int count) {

        Told {
            if (count < 0) {
                throw new IllegalArgumentException("A count is not negative");
            }
        }
    }

    @PostMapping("/webhooks")
    Told take(SignedWebhook webhook) {
        return webhook.read(Told.class);
    }
}
