package dev.waybill.benchmarks.floor;

import dev.waybill.benchmarks.load.OrderForms;
import dev.waybill.benchmarks.load.Shop;
import dev.waybill.benchmarks.platform.Databases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Orders are placed by a call in the same process, each in a transaction of its own with the platform's rows: the claim of the
 * idempotency key, the price, the order's number, the order, its line, the first answer, the event. Two statements.
 */
final class Placing implements Shop {

    private static final String ASK = """
            select pg_try_advisory_xact_lock(hashtextextended(?, 0)), nextval('order_number'), p.price_minor,
                   (select f.status from idempotent_request f where f.caller = 'alice' and f.route = 'POST /orders' and f.key = ?)
              from product p where p.sku = ?""";
    private static final String STORE = """
            with placed as (
                insert into orders (id, number, customer_id, status, total_minor, currency, payment_method, ship_to_name,
                                    ship_to_line1, ship_to_city, ship_to_postal_code, ship_to_country, placed_at,
                                    updated_at, version, event_sequence, logical_time)
                values (?, ?, 'alice', 'PENDING', ?, 'EUR', 'pm_card_visa', 'Alice Doe', '1 Main St', 'Berlin', '10115',
                        'DE', ?, ?, 0, 1, 1) returning id),
            line as (
                insert into order_line (order_id, position, sku, quantity, unit_price_minor) values (?, 0, ?, ?, ?)
                returning order_id),
            answered as (
                insert into idempotent_request (caller, route, key, request_hash, status, location, body)
                values ('alice', 'POST /orders', ?, ?, 202, ?, ?) returning key)
            insert into outbox (message_id, topic, message_key, type, source, subject, sequence, logical_time,
                                correlation_id, traceparent, said_at, payload)
            select ?, 'order.events', ?, 'dev.waybill.order.placed.v1', '/order-service', ?, 1, 1, ?, ?, ?, ?
              from placed, line, answered""";
    private static final String ADDRESS = "{\"name\":\"Alice Doe\",\"line1\":\"1 Main St\",\"city\":\"Berlin\","
            + "\"postalCode\":\"10115\",\"country\":\"DE\"}";

    private final Databases databases;
    private final Runnable afterCommit;
    private final AtomicInteger forms = new AtomicInteger();

    Placing(Databases databases, Runnable afterCommit) {
        this.databases = databases;
        this.afterCommit = afterCommit;
    }

    @Override
    public Counter open() throws IOException {
        try {
            Connection connection = databases.connect("orders");
            connection.setAutoCommit(false);
            return new Desk(connection);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private final class Desk implements Counter {

        private final Connection connection;

        Desk(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void place() throws IOException {
            try {
                int form = forms.getAndIncrement();
                UUID key = UUID.randomUUID();
                try (PreparedStatement ask = connection.prepareStatement(ASK)) {
                    ask.setString(1, "alice\nPOST /orders\n" + key);
                    ask.setString(2, key.toString());
                    ask.setString(3, OrderForms.sku(form));
                    ResultSet answer = ask.executeQuery();
                    answer.next();
                    store(key, form, "W-" + answer.getLong(2), answer.getLong(3));
                }
                connection.commit();
            } catch (SQLException e) {
                throw new IOException(e);
            }
            afterCommit.run();
        }

        private void store(UUID key, int form, String number, long price) throws SQLException {
            UUID order = Said.nextId();
            int quantity = OrderForms.quantity(form);
            Instant now = Said.now();
            OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
            String head = "{\"%s\":\"" + order + "\",\"number\":\"" + number + "\",\"customerId\":\"alice\"";
            String line = "\"lines\":[{\"sku\":\"" + OrderForms.sku(form) + "\",\"quantity\":" + quantity
                    + ",\"unitPrice\":" + money(price);
            String rest = "\"total\":" + money(price * quantity)
                    + ",\"paymentMethod\":\"pm_card_visa\",\"shippingAddress\":" + ADDRESS;
            String body = head.replace("%s", "id") + ",\"status\":\"PENDING\",\"reason\":null," + line
                    + ",\"subtotal\":"
                    + money(price * quantity) + "}]," + rest + ",\"placedAt\":\"" + now + "\",\"updatedAt\":\"" + now
                    + "\",\"version\":0,\"links\":{\"self\":\"/orders/" + order + "\"}}";
            String payload = head.replace("%s", "orderId") + "," + line + "}]," + rest + "}";
            try (PreparedStatement store = connection.prepareStatement(STORE)) {
                Object[] values = {order, number, price * quantity, at, at, order, OrderForms.sku(form), quantity,
                        price,
                        key.toString(), sha256(OrderForms.json(form)), "/orders/" + order, body, Said.nextId(),
                        order.toString(), "order/" + order, order.toString(), traceparent(), at, payload};
                for (int i = 0; i < values.length; i++) {
                    store.setObject(i + 1, values[i]);
                }
                store.executeUpdate();
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String money(long minor) {
        return "{\"amountMinor\":" + minor + ",\"currency\":\"EUR\"}";
    }

    private static String traceparent() {
        var random = ThreadLocalRandom.current();
        return "00-%016x%016x-%016x-00".formatted(random.nextLong(), random.nextLong(), random.nextLong());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
