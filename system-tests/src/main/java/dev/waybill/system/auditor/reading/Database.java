package dev.waybill.system.auditor.reading;

import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** One database at one moment, read only: all its queries see the same snapshot. Rows come in portions, never all at once. */
final class Database implements AutoCloseable {

    static final List<String> NAMES = List.of("orders", "inventory", "payments", "shipping", "saga", "notifications");
    private static final String AUDITOR = "auditor";
    private static final int PORTION = 5_000;

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

    interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    void each(String sql, RowTaker taker) {
        each(sql, null, taker);
    }

    /** @param ids what the one parameter of the query stands for; null where it has none */
    void each(String sql, @Nullable Collection<UUID> ids, RowTaker taker) {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(PORTION);
            if (ids != null) {
                Array array = connection.createArrayOf("uuid", ids.toArray());
                statement.setArray(1, array);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        } catch (SQLException e) {
            throw new UnreadableException("%s cannot be read: %s".formatted(name, e.getMessage()), e);
        }
    }

    <T> List<T> read(String sql, RowReader<T> reader) {
        List<T> read = new ArrayList<>();
        each(sql, row -> read.add(reader.read(row)));
        return read;
    }

    /** The one number that the query answers; 0 where it answers none. */
    long number(String sql) {
        return read(sql, row -> row.getLong(1)).stream().findFirst().orElse(0L);
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
