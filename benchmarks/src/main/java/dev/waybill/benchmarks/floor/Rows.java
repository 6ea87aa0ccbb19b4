package dev.waybill.benchmarks.floor;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows for one statement, column by column: {@code insert … select … from unnest(?, ?, …)}. */
final class Rows {

    private final String[] types;
    private final List<List<@Nullable Object>> columns = new ArrayList<>();

    /** @param types of the columns, as PostgreSQL calls them */
    Rows(String... types) {
        this.types = types;
        for (int i = 0; i < types.length; i++) {
            columns.add(new ArrayList<>());
        }
    }

    void add(@Nullable Object... values) {
        for (int i = 0; i < types.length; i++) {
            columns.get(i).add(values[i]);
        }
    }

    boolean isEmpty() {
        return columns.getFirst().isEmpty();
    }

    /** Runs a statement whose parameters are the columns, unless there are no rows. */
    void write(Connection connection, String sql) throws SQLException {
        if (isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < types.length; i++) {
                statement.setArray(i + 1, connection.createArrayOf(types[i], columns.get(i).toArray()));
            }
            statement.execute();
        }
    }
}
