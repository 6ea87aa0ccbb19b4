package dev.waybill.benchmarks.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** The services' databases in one PostgreSQL, as its administrator sees them. */
public record Databases(int port) {

    /** Every database that an order leaves something in. */
    public static final List<String> NAMES = List.of("orders", "inventory", "payments", "shipping", "saga");

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), "postgres",
                "waybill");
    }
}
