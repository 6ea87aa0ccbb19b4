package dev.waybill.shipping.shipments;

import dev.waybill.defaults.webhooks.WebhookTable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.time.ZoneOffset;

/** The webhooks in the database. */
@Repository
class StoredCarrierWebhooks implements CarrierWebhooks {

    private final JdbcClient jdbc;

    StoredCarrierWebhooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** So that it does not grow for ever. */
    @Bean
    static WebhookTable carrierWebhookTable() {
        return new WebhookTable("carrier_webhook");
    }

    @Override
    public boolean add(CarrierWebhook webhook, Instant now) {
        return jdbc.sql("""
                insert into carrier_webhook (id, tracking_number, order_id, status, at, received_at)
                values (:id, :trackingNumber, :orderId, :status, :at, :receivedAt) on conflict do nothing
                """).param("id", webhook.id()).param("trackingNumber", webhook.trackingNumber())
                .param("orderId", webhook.orderId()).param("status", webhook.status().name())
                .param("at", webhook.at().atOffset(ZoneOffset.UTC))
                .param("receivedAt", now.atOffset(ZoneOffset.UTC)).update() == 1;
    }
}
