package dev.waybill.benchmarks.platform;

import dev.waybill.benchmarks.measure.Report;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What all orders have left in the tables, per order: by it a reader sees whether two contenders have done the same. */
final class Leftovers {

    private Leftovers() {}

    static void add(Report report, Contender contender) throws SQLException {
        double orders;
        try (Connection connection = contender.databases().connect("orders")) {
            orders = number(connection, "select count(*) from orders");
        }
        for (String database : Databases.NAMES) {
            try (Connection connection = contender.databases().connect(database)) {
                for (String table : Databases.TABLES.getOrDefault(database, List.of())) {
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
