package dev.waybill.defaults.webhooks;

/**
 * The table in which a service keeps the webhooks that it has taken, so that it knows one that comes again. It has an {@code id}
 * as its primary key and, with an index, {@code received_at}. Of a table that is a bean, rows go when they are older than {@code
 * waybill.webhooks.retention}.
 *
 * @param name as the service's migrations know it
 */
public record WebhookTable(String name) {

    public WebhookTable {
        if (!name.matches("[a-z_]+")) {
            throw new IllegalArgumentException("%s is no name of a table".formatted(name));
        }
    }
}
