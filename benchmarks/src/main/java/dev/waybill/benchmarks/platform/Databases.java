package dev.waybill.benchmarks.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The services' databases in one PostgreSQL, as its administrator sees them. */
public record Databases(int port) {

    /** Every database that an order leaves something in. */
    public static final List<String> NAMES = List.of("orders", "inventory", "payments", "shipping", "saga");
    /** The tables it leaves something in, by database; whatever is referred to before what refers to it. */
    public static final Map<String, List<String>> TABLES = Map.of(
            "orders", List.of("orders", "order_line", "idempotent_request", "outbox", "inbox"),
            "inventory", List.of("reservation", "stock_movement", "outbox", "inbox"),
            "payments", List.of("payment", "outside_call", "outbox", "inbox"),
            "shipping", List.of("shipment", "outside_call", "outbox", "inbox"),
            "saga", List.of("saga", "saga_journal", "outbox", "inbox"));

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), "postgres",
                "waybill");
    }

    /** The one number that a query answers. */
    public long number(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
