package dev.waybill.benchmarks.platform;

import dev.waybill.benchmarks.measure.Distribution;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What orders left in the databases, and when: by the times at which PostgreSQL put each transaction's commit into its log
 * ({@code track_commit_timestamp}). All databases are of one server, so all times are of one clock, and nothing is
 * measured that would have to be measured within the programs.
 *
 * <p>A hop goes from the commit of the transaction that wrote a message to the outbox to the commit of the one that took it
 * into an inbox: it holds the writer's wait for its disk, the relay, Kafka, the consumer's poll and the handling, but not the
 * consumer's wait for its disk. Up to the consumer's first statement it is the message's way alone.
 */
public final class Traces {

    private static final String SAID = """
            select message_id, type, correlation_id,
                   (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::bigint
              from outbox where said_at >= ? and said_at < ?""";
    private static final String TAKEN = """
            select message_id, (extract(epoch from received_at) * 1000000)::bigint,
                   (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::bigint
              from inbox where received_at >= ?""";
    private static final String PLACED = "dev.waybill.order.placed.v1";
    private static final String CONFIRMED = "dev.waybill.order.confirmed.v1";

    private final List<Long> toReceived = new ArrayList<>();
    private final List<Long> toHandled = new ArrayList<>();
    private final List<Long> toConfirmed = new ArrayList<>();
    private long messages;
    private long confirmedWithin;

    private record Said(UUID id, String type, String order, long micros) {}

    private Traces() {}

    /**
     * Of everything that was said in this time.
     *
     * @throws IllegalStateException where the server does not note when it commits
     */
    public static Traces read(Databases databases, Instant from, Instant until) throws SQLException {
        var traces = new Traces();
        List<Said> said = new ArrayList<>();
        // Orders of the last moments are confirmed after it.
        Instant end = until.plus(60, ChronoUnit.SECONDS);
        for (String database : Databases.NAMES) {
            try (Connection connection = databases.connect(database)) {
                said.addAll(said(connection, from, end));
            }
        }
        Map<UUID, Long> committed = new HashMap<>();
        Map<String, Long> placed = new HashMap<>();
        said.forEach(message -> {
            committed.put(message.id(), message.micros());
            if (message.type().equals(PLACED)) {
                placed.put(message.order(), message.micros());
            }
        });
        for (Said message : said) {
            Long placedAt = placed.get(message.order());
            if (message.type().equals(CONFIRMED) && placedAt != null) {
                traces.toConfirmed.add(TimeUnit.MICROSECONDS.toNanos(message.micros() - placedAt));
                traces.confirmedWithin += message.micros() < ChronoUnit.MICROS.between(Instant.EPOCH, until) ? 1 : 0;
            }
        }
        traces.messages = said.size();
        for (String database : Databases.NAMES) {
            try (Connection connection = databases.connect(database)) {
                traces.readHops(connection, from, committed);
            }
        }
        return traces;
    }

    /** Waits until every saga has ended: an order is confirmed before the last answers about it are in. */
    static void awaitTheLast(Databases databases) throws SQLException, InterruptedException {
        try (Connection connection = databases.connect("saga");
                PreparedStatement query = connection.prepareStatement(
                        "select count(*) from saga where status not in ('COMPLETED', 'COMPENSATED')")) {
            for (long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); System.nanoTime() < giveUp;) {
                ResultSet unfinished = query.executeQuery();
                unfinished.next();
                if (unfinished.getInt(1) == 0) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        throw new IllegalStateException("Sagas have not ended");
    }

    private static List<Said> said(Connection connection, Instant from, Instant until) throws SQLException {
        List<Said> said = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SAID)) {
            query.setObject(1, from.atOffset(ZoneOffset.UTC));
            query.setObject(2, until.atOffset(ZoneOffset.UTC));
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                said.add(new Said(rows.getObject(1, UUID.class), rows.getString(2), rows.getString(3),
                        required(rows, 4)));
            }
        }
        return said;
    }

    private void readHops(Connection connection, Instant from, Map<UUID, Long> committed) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TAKEN)) {
            query.setObject(1, from.atOffset(ZoneOffset.UTC));
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                Long saidAt = committed.get(rows.getObject(1, UUID.class));
                if (saidAt != null) {
                    toReceived.add(TimeUnit.MICROSECONDS.toNanos(rows.getLong(2) - saidAt));
                    toHandled.add(TimeUnit.MICROSECONDS.toNanos(required(rows, 3) - saidAt));
                }
            }
        }
    }

    private static long required(ResultSet rows, int column) throws SQLException {
        long micros = rows.getLong(column);
        if (rows.wasNull()) {
            throw new IllegalStateException("PostgreSQL does not note commits: track_commit_timestamp is off");
        }
        return micros;
    }

    /** From the commit with which an order was placed to the one with which it was confirmed. */
    public Distribution placedToConfirmed() {
        return Distribution.of(toConfirmed);
    }

    public Distribution commitToReceived() {
        return Distribution.of(toReceived);
    }

    public Distribution commitToHandled() {
        return Distribution.of(toHandled);
    }

    /** Orders that were confirmed before the time was over. */
    public long confirmedWithin() {
        return confirmedWithin;
    }

    public double messagesPerOrder() {
        return (double) messages / toConfirmed.size();
    }
}
