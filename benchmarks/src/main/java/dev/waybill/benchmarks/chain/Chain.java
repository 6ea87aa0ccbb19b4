package dev.waybill.benchmarks.chain;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.waybill.benchmarks.load.HttpConnection;
import dev.waybill.benchmarks.load.OrderForms;
import dev.waybill.benchmarks.load.RestShop;
import dev.waybill.benchmarks.load.Shop;
import dev.waybill.benchmarks.platform.Databases;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The four services, each with a database of its own. */
public final class Chain implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> TABLES = Map.of(
            "orders", "create table chain_order (id uuid primary key, customer_id text, sku text, quantity int, "
                    + "total_minor bigint, address text, status text, placed_at timestamptz default now())",
            "inventory", "create table chain_stock (sku text primary key, on_hand int not null check (on_hand >= 0)); "
                    + "create table chain_reservation (order_id uuid primary key, sku text, quantity int)",
            "payments", "create table chain_payment (order_id uuid primary key, total_minor bigint, reference text)",
            "shipping",
            "create table chain_shipment (order_id uuid primary key, tracking_number text, label_url text)");

    private final Map<String, Pool<Connection>> databases = new HashMap<>();
    private final Pool<HttpConnection> outside;
    private final Endpoint inventory;
    private final Endpoint payment;
    private final Endpoint shipping;
    private final Endpoint orders;
    private final Pool<HttpConnection> toInventory;
    private final Pool<HttpConnection> toPayment;
    private final Pool<HttpConnection> toShipping;

    /** @param simulatorsPort of gateway and carrier */
    public Chain(Databases databases, int simulatorsPort) throws IOException, SQLException {
        for (var table : TABLES.entrySet()) {
            try (Connection connection = databases.connect(table.getKey());
                    Statement statement = connection.createStatement()) {
                statement.execute(table.getValue());
            }
            this.databases.put(table.getKey(), new Pool<>(() -> transactional(databases.connect(table.getKey()))));
        }
        for (String sku : OrderForms.SKUS) {
            inTransaction("inventory", "insert into chain_stock values (?, 100000000)", sku);
        }
        this.outside = new Pool<>(() -> new HttpConnection(simulatorsPort));
        this.inventory = new Endpoint("/reservations", 201, this::reserve);
        this.payment = new Endpoint("/payments", 201, this::pay);
        this.shipping = new Endpoint("/shipments", 201, this::ship);
        this.orders = new Endpoint("/orders", 202, this::place);
        this.toInventory = new Pool<>(() -> new HttpConnection(inventory.port()));
        this.toPayment = new Pool<>(() -> new HttpConnection(payment.port()));
        this.toShipping = new Pool<>(() -> new HttpConnection(shipping.port()));
    }

    public Shop shop() {
        return new RestShop(orders.port());
    }

    private static Connection transactional(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return connection;
    }

    private String place(String body) throws IOException, SQLException {
        JsonNode form = JSON.readTree(body);
        UUID id = UuidCreator.getTimeOrderedEpoch();
        JsonNode line = form.path("lines").path(0);
        String sku = line.path("sku").asString();
        int quantity = line.path("quantity").asInt();
        String address = form.path("shippingAddress").toString();
        inTransaction("orders", "insert into chain_order values (?, ?, ?, ?, ?, ?, 'PENDING')", id,
                form.path("customerId").asString(), sku, quantity, 690L * quantity, address);
        String items = "[{\"sku\":\"" + sku + "\",\"quantity\":" + quantity + "}]";
        post(toInventory, "/reservations", "{\"orderId\":\"" + id + "\",\"lines\":" + items + "}");
        post(toPayment, "/payments", "{\"orderId\":\"" + id + "\",\"amount\":{\"amountMinor\":" + 690 * quantity
                + ",\"currency\":\"EUR\"},\"paymentMethod\":\"pm_card_visa\"}");
        post(toShipping, "/shipments",
                "{\"orderId\":\"" + id + "\",\"address\":" + address + ",\"items\":" + items + "}");
        inTransaction("orders", "update chain_order set status = 'CONFIRMED' where id = ?", id);
        return "{\"id\":\"" + id + "\",\"status\":\"CONFIRMED\"}";
    }

    private String reserve(String body) throws SQLException {
        JsonNode request = JSON.readTree(body);
        JsonNode line = request.path("lines").path(0);
        inTransaction("inventory", """
                with taken as (update chain_stock set on_hand = on_hand - ? where sku = ? returning sku)
                insert into chain_reservation select ?, sku, ? from taken""", line.path("quantity").asInt(),
                line.path("sku").asString(), UUID.fromString(request.path("orderId").asString()),
                line.path("quantity").asInt());
        return "{}";
    }

    private String pay(String body) throws IOException, SQLException {
        JsonNode request = JSON.readTree(body);
        String reference = post(outside, "/gateway/authorizations", body).path("reference").asString();
        post(outside, "/gateway/authorizations/" + reference + "/captures",
                "{\"amount\":" + request.path("amount") + "}");
        inTransaction("payments", "insert into chain_payment values (?, ?, ?)",
                UUID.fromString(request.path("orderId").asString()),
                request.path("amount").path("amountMinor").asLong(),
                reference);
        return "{}";
    }

    private String ship(String body) throws IOException, SQLException {
        JsonNode request = JSON.readTree(body);
        String tracking = post(outside, "/carrier/shipments", body).path("trackingNumber").asString();
        String label = post(outside, "/carrier/shipments/" + tracking + "/dispatch", "{}").path("labelUrl").asString();
        inTransaction("shipping", "insert into chain_shipment values (?, ?, ?)",
                UUID.fromString(request.path("orderId").asString()), tracking, label);
        return "{}";
    }

    private static JsonNode post(Pool<HttpConnection> pool, String path, String body) throws IOException {
        HttpConnection connection = pool.take();
        var answer = connection.post(path, "Idempotency-Key: " + UUID.randomUUID() + "\r\n", body);
        if (answer.status() / 100 != 2) {
            throw new IOException("%s was answered with %s".formatted(path, answer));
        }
        pool.giveBack(connection);
        return JSON.readTree(answer.body());
    }

    private void inTransaction(String database, String sql, Object... values) throws SQLException {
        Pool<Connection> pool = databases.get(database);
        if (pool == null) {
            throw new IllegalArgumentException("No database is called " + database);
        }
        Connection connection = pool.take();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
        connection.commit();
        pool.giveBack(connection);
    }

    @Override
    public void close() {
        List.of(orders, shipping, payment, inventory).forEach(Endpoint::close);
    }
}
