package dev.waybill.payment.payments;

import dev.waybill.defaults.webhooks.WebhookTable;
import dev.waybill.events.OrderId;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Clock;
import java.time.ZoneOffset;

/** The webhooks in the database. */
@Repository
class StoredWebhooks implements GatewayWebhooks {

    private final JdbcClient jdbc;
    private final Clock clock;

    StoredWebhooks(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** So that it does not grow for ever. */
    @Bean
    static WebhookTable gatewayWebhookTable() {
        return new WebhookTable("gateway_webhook");
    }

    @Override
    public boolean add(GatewayWebhook webhook, String body) {
        return jdbc
                .sql("""
                        insert into gateway_webhook (id, order_id, kind, reference, amount_minor, currency, effect, body, received_at)
                        values (:id, :orderId, :kind, :reference, :amount, :currency, :effect, :body, :at)
                        on conflict do nothing
                        """)
                .param("id", webhook.id()).param("orderId", webhook.order().map(OrderId::value).orElse(null))
                .param("kind", webhook.what().name()).param("reference", webhook.reference())
                .param("amount", webhook.amount() == null ? null : webhook.amount().amountMinor())
                .param("currency", webhook.amount() == null ? null : webhook.amount().currency().getCurrencyCode())
                .param("effect", GatewayWebhook.Effect.KNOWN.name()).param("body", body)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC)).update() == 1;
    }

    @Override
    public void cameTo(GatewayWebhook webhook, GatewayWebhook.Effect effect) {
        jdbc.sql("update gateway_webhook set effect = :effect where id = :id").param("effect", effect.name())
                .param("id", webhook.id()).update();
    }
}
