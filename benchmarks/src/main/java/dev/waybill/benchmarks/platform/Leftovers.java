package dev.waybill.benchmarks.platform;

import dev.waybill.benchmarks.measure.Report;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** What all orders have left in the tables, per order: by it a reader sees whether two contenders have done the same. */
final class Leftovers {

    private static final Map<String, List<String>> TABLES = Map.of(
            "orders", List.of("orders", "order_line", "idempotent_request", "outbox", "inbox"),
            "inventory", List.of("reservation", "stock_movement", "outbox", "inbox"),
            "payments", List.of("payment", "outside_call", "outbox", "inbox"),
            "shipping", List.of("shipment", "outside_call", "outbox", "inbox"),
            "saga", List.of("saga", "saga_journal", "outbox", "inbox"));

    private Leftovers() {}

    static void add(Report report, Contender contender) throws SQLException {
        double orders;
        try (Connection connection = contender.databases().connect("orders")) {
            orders = number(connection, "select count(*) from orders");
        }
        for (String database : Databases.NAMES) {
            try (Connection connection = contender.databases().connect(database)) {
                for (String table : TABLES.getOrDefault(database, List.of())) {
                    report.add(contender.name(), "rows per order, %s.%s".formatted(database, table),
                            number(connection, "select count(*) from " + table) / orders);
                }
                report.add(contender.name(), "bytes of payload per order, %s".formatted(database),
                        number(connection, "select coalesce(sum(length(payload)), 0) from outbox") / orders);
            }
        }
    }

    private static double number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getDouble(1);
        }
    }
}
