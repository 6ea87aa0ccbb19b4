package dev.waybill.platform.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/**
 * One database for each service, owned by a role of the same name that can connect to no other database; and one role that
 * reads everything and changes nothing. Making them again changes nothing.
 */
final class Databases {

    /** Also the name of the role that owns it. */
    static final List<String> NAMES = List.of("orders", "inventory", "payments", "shipping", "saga", "notifications",
            "console");
    static final String SUPERUSER = "postgres";
    /** A default for demonstrations, named as such: nothing here listens beyond this machine. */
    static final String DEMO_PASSWORD = "waybill";
    static final String AUDITOR = "auditor";

    private final int port;

    Databases(int port) {
        this.port = port;
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    boolean answer() {
        try (Connection connection = connect()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    void makeWhatIsMissing() {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            makeRole(statement, AUDITOR, AUDITOR);
            statement.execute("grant pg_read_all_data to " + AUDITOR);
            statement.execute("revoke connect on database postgres, template1 from public");
            statement.execute("grant connect on database postgres to " + AUDITOR);
            for (String name : NAMES) {
                makeRole(statement, name, DEMO_PASSWORD);
                if (!exists(statement, "select from pg_database where datname = '%s'".formatted(name))) {
                    statement.execute("create database %s owner %s".formatted(name, name));
                }
                statement.execute("revoke connect, temporary on database %s from public".formatted(name));
                statement.execute("grant connect on database %s to %s".formatted(name, AUDITOR));
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(
                    new IOException("Databases and roles could not be made: " + e.getMessage(), e));
        }
    }

    private static void makeRole(Statement statement, String name, String password) throws SQLException {
        if (!exists(statement, "select from pg_roles where rolname = '%s'".formatted(name))) {
            statement.execute("create role %s login password '%s'".formatted(name, password));
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", DEMO_PASSWORD);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "3");
        return DriverManager.getConnection(url(port, "postgres"), properties);
    }
}
