package dev.waybill.platform;

import dev.waybill.platform.Platform.Service;

import java.time.Duration;
import java.util.List;

/** The last words of a start: what is where, and what to try first. */
final class Welcome {

    private final Settings settings;
    private final Platform platform;
    private final boolean inBackground;

    Welcome(Settings settings, Platform platform, boolean inBackground) {
        this.settings = settings;
        this.platform = platform;
        this.inBackground = inBackground;
    }

    List<String> lines(Duration took) {
        String orders = Service.ORDER.url(settings);
        return """

                Waybill is ready (%.1f s)

                  console                %s/
                  orders and catalogue   %s/orders   %s/products
                  stock                  %s/stock
                  payments               %s/payments/{orderId}
                  shipments              %s/shipments/{orderId}
                  sagas                  %s/sagas
                  mails to customers     %s/notifications?orderId={orderId}
                  their mailbox          %s/mailbox?to={address}
                  gateway's own books    %s/gateway/charges?orderId={orderId}
                  logs                   %s

                Place a first order and look at it:

                  curl -i %s/orders -H 'Content-Type: application/json' -H 'Idempotency-Key: my-first-order' -d '{
                    "customerId": "alice", "contactEmail": "alice@example.com", "lines": [{"sku": "ESPRESSO-01", "quantity": 2}],
                    "paymentMethod": "pm_card_visa", "currency": "EUR",
                    "shippingAddress": {"name": "Alice Doe", "line1": "1 Main St", "city": "Berlin", "postalCode": "10115", "country": "DE"}}'

                  or: ./demo order     and what goes wrong: ./demo order --scenario declined
                %s
                """
                .formatted((double) took.toMillis() / 1000, Service.CONSOLE.url(settings), orders, orders,
                        Service.INVENTORY.url(settings),
                        Service.PAYMENT.url(settings), Service.SHIPPING.url(settings), Service.SAGA.url(settings),
                        Service.NOTIFICATION.url(settings), platform.simulatorsUrl(), platform.simulatorsUrl(),
                        settings.logs(), orders,
                        inBackground
                                ? "  It runs in the background: ./demo status, ./demo stop"
                                : "  Ctrl-C stops everything.")
                .lines().toList();
    }
}
