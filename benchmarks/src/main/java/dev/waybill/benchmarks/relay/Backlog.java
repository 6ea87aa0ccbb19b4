package dev.waybill.benchmarks.relay;

import dev.waybill.benchmarks.platform.Databases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Our outbox with messages that wait. */
final class Backlog {

    private static final String TABLES = "messaging/src/main/resources/db/messaging/V1__outbox_and_inbox.sql";
    private static final String FILL = """
            insert into outbox (message_id, topic, message_key, type, source, subject, sequence, logical_time,
                                correlation_id, causation_id, saga_id, traceparent, said_at, payload)
            select id, ?, k, ?, '/payment-service', 'payment/' || k, 1, 5, k, gen_random_uuid(), gen_random_uuid(),
                   '00-8a5dfa13e79895a826777a44bd2c47ad-fdcbb22c4efbc62e-00', clock_timestamp(), replace(?, '{}', k)
              from (select gen_random_uuid() as id, gen_random_uuid()::text as k from generate_series(1, ?)) as new""";
    private static final String EVENT = """
            {"orderId":"{}","amount":{"amountMinor":1380,"currency":"EUR"},\
            "gatewayReference":"pay_5f5fdd70c30e46da917f4b2b7b9147dc"}""";

    private Backlog() {}

    /** A database with our tables as they were released first; those of a service are made by the service. */
    static void make(Path repository, Databases databases, String database) throws IOException, SQLException {
        create(databases, database);
        try (Connection connection = databases.connect(database); Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(repository.resolve(TABLES)));
        }
    }

    static void create(Databases databases, String database) throws SQLException {
        try (Connection connection = databases.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
    }

    /** Events of a payment, for a topic that nobody of the platform listens to. */
    static void fill(Databases databases, String database, String topic, int rows) throws SQLException {
        fill(databases, database, topic, "dev.waybill.payment.authorized.v1", EVENT, rows);
    }

    /** @param payload in which {@code {}} stands for the order's id */
    static void fill(Databases databases, String database, String topic, String type, String payload, int rows)
            throws SQLException {
        try (Connection connection = databases.connect(database);
                PreparedStatement statement = connection.prepareStatement(FILL)) {
            statement.setString(1, topic);
            statement.setString(2, type);
            statement.setString(3, payload);
            statement.setInt(4, rows);
            statement.executeUpdate();
        }
        execute(databases, database, "analyze outbox");
    }

    static void execute(Databases databases, String database, String sql) throws SQLException {
        try (Connection connection = databases.connect(database); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
