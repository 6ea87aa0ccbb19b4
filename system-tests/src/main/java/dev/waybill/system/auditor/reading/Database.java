package dev.waybill.system.auditor.reading;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One database at one moment, read only: all its queries see the same snapshot. */
final class Database implements AutoCloseable {

    static final List<String> NAMES = List.of("orders", "inventory", "payments", "shipping", "saga");
    private static final String AUDITOR = "auditor";

    private final String name;
    private final Connection connection;

    private Database(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    static Database open(Addresses addresses, String name) {
        try {
            Connection connection = DriverManager.getConnection(addresses.database(name), AUDITOR, AUDITOR);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            return new Database(name, connection);
        } catch (SQLException e) {
            throw new UnreadableException("The database %s cannot be opened: %s".formatted(name, e.getMessage()), e);
        }
    }

    String name() {
        return name;
    }

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> read(String sql, RowReader<T> reader) {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(5_000);
            try (ResultSet rows = statement.executeQuery(sql)) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        } catch (SQLException e) {
            throw new UnreadableException("%s cannot be read: %s".formatted(name, e.getMessage()), e);
        }
    }

    long number(String sql) {
        return read(sql, row -> row.getLong(1)).getFirst();
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            throw new UnreadableException("%s cannot be closed: %s".formatted(name, e.getMessage()), e);
        }
    }
}
