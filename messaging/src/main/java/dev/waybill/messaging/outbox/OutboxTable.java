package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The rows of the outbox, in SQL: all that a transaction says in one statement, and reading on from a position. */
public class OutboxTable {

    /**
     * How far beyond the position is looked at first. A read without an end would have to look into every partition from
     * there on, those that are made ahead and the default one too, and costs about a millisecond more (docs/adr).
     */
    public static final long NEAR = 100_000;

    static final String COLUMNS = """
            message_id, topic, message_key, type, source, subject, sequence, logical_time,
            correlation_id, causation_id, saga_id, traceparent, order_number, said_at, payload""";

    private static final String APPEND = """
            insert into outbox (message_id, topic, message_key, type, source, subject, sequence, logical_time,
                                correlation_id, causation_id, saga_id, traceparent, order_number, said_at, payload)
            select message_id, topic, message_key, type, source, subject, sequence, logical_time,
                   correlation_id, causation_id, saga_id, traceparent, order_number, said_at, payload
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                        ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::text[])
              with ordinality as said (message_id, topic, message_key, type, source, subject, sequence, logical_time,
                        correlation_id, causation_id, saga_id, traceparent, order_number, said_at, payload, nth)
            order by nth
            """;

    private static final String NUMBER_SAID_BEFORE = """
            select order_number from outbox where subject = ? and sequence is not null and order_number is not null
            order by sequence desc limit 1
            """;

    private final JdbcTemplate jdbc;

    public OutboxTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A row as it was read. */
    public record Stored(long id, OutboxRow row) {}

    /** Appends in the given order, in the running transaction. */
    void append(List<OutboxRow> rows) {
        jdbc.update(APPEND, statement -> {
            Connection connection = statement.getConnection();
            int column = 1;
            statement.setArray(column++, array(connection, "uuid", rows, row -> row.envelope().id().value()));
            statement.setArray(column++, array(connection, "text", rows, OutboxRow::topic));
            statement.setArray(column++, array(connection, "text", rows, row -> row.envelope().partitionKey()));
            statement.setArray(column++, array(connection, "text", rows, row -> row.envelope().type()));
            statement.setArray(column++, array(connection, "text", rows, row -> row.envelope().source()));
            statement.setArray(column++, array(connection, "text", rows, row -> row.envelope().subject()));
            statement.setArray(column++, array(connection, "bigint", rows, row -> row.envelope().sequence()));
            statement.setArray(column++, array(connection, "bigint", rows, row -> row.envelope().logicalTime()));
            statement.setArray(column++, array(connection, "text", rows, row -> row.envelope().correlationId()));
            statement.setArray(column++, array(connection, "uuid", rows, row -> causationId(row.envelope())));
            statement.setArray(column++, array(connection, "uuid", rows, row -> sagaId(row.envelope())));
            statement.setArray(column++, array(connection, "text", rows, row -> row.envelope().traceparent()));
            statement.setArray(column++, array(connection, "text", rows, row -> orderNumber(row.envelope())));
            statement.setArray(
                    column++,
                    array(connection, "timestamptz", rows, row -> row.envelope().time().atOffset(ZoneOffset.UTC)));
            statement.setArray(column, array(connection, "text", rows, OutboxRow::payload));
        });
    }

    /** Reads on, in the order of the ids. Empty only when nothing can be seen beyond the position. */
    List<Stored> readAfter(long position, int limit) {
        List<Stored> near = read(position, position + NEAR, "", limit);
        return near.isEmpty() && lastDrawn() > position + NEAR ? read(position, Long.MAX_VALUE, "", limit) : near;
    }

    /**
     * Reads the events of the store, not its commands, in the order of the ids.
     *
     * @param after id before the first one that is looked at
     * @param through last id that is looked at
     */
    public List<Stored> readEvents(long after, long through, Said said, int limit) {
        return read(after, through, said.condition(), limit);
    }

    /** All that one aggregate has said, in its order; there is an index for it. */
    public List<OutboxRow> readSubject(String subject) {
        return jdbc.query(
                "select %s from outbox where subject = ? and sequence is not null order by sequence".formatted(COLUMNS),
                (row, n) -> rowOf(row), subject);
    }

    /** The order's number in the last of an aggregate's events that has one; there is an index for it. */
    @Nullable OrderNumber numberSaidBefore(String subject) {
        return jdbc.query(NUMBER_SAID_BEFORE, (row, n) -> new OrderNumber(row.getString(1)), subject).stream()
                .findFirst().orElse(null);
    }

    /** How many {@link #readEvents} would find. */
    public long countEvents(long after, long through, Said said) {
        Long count = jdbc.queryForObject(
                "select count(*) from outbox where id > %d and id <= %d %s".formatted(after, through, said.condition()),
                Long.class);
        return count == null ? 0 : count;
    }

    /**
     * When events were said.
     *
     * @param from none: from the beginning
     * @param to before this instant; none: to the end
     */
    public record Said(@Nullable Instant from, @Nullable Instant to) {

        private String condition() {
            return "and sequence is not null"
                    + (from == null ? "" : " and said_at >= '%s'".formatted(from))
                    + (to == null ? "" : " and said_at < '%s'".formatted(to));
        }
    }

    /**
     * The numbers stand in the text so that each read is planned for its position: a plan made once, while the table was
     * empty, would scan all of it for ever, and only what is known when planning leaves partitions out.
     */
    private List<Stored> read(long after, long through, String condition, int limit) {
        String sql = """
                select id, %s from outbox where id > %d and id <= %d %s order by id limit %d
                """.formatted(COLUMNS, after, through, condition, limit);
        return jdbc.query(sql, (row, n) -> new Stored(row.getLong("id"), rowOf(row)));
    }

    private long lastDrawn() {
        Long id = jdbc.queryForObject("select last_value from outbox_id_seq", Long.class);
        return id == null ? 0 : id;
    }

    static OutboxRow rowOf(ResultSet row) throws SQLException {
        long sequence = row.getLong("sequence");
        boolean hasSequence = !row.wasNull();
        UUID causationId = row.getObject("causation_id", UUID.class);
        UUID sagaId = row.getObject("saga_id", UUID.class);
        String orderNumber = row.getString("order_number");
        var envelope = new Envelope(
                new MessageId(row.getObject("message_id", UUID.class)),
                row.getString("source"),
                row.getString("type"),
                row.getString("subject"),
                row.getObject("said_at", OffsetDateTime.class).toInstant(),
                row.getString("message_key"),
                hasSequence ? sequence : null,
                row.getLong("logical_time"),
                row.getString("correlation_id"),
                causationId == null ? null : new MessageId(causationId),
                sagaId == null ? null : new SagaId(sagaId),
                row.getString("traceparent"),
                orderNumber == null ? null : new OrderNumber(orderNumber));
        return new OutboxRow(row.getString("topic"), envelope, row.getString("payload"));
    }

    private static Array array(
            Connection connection, String type, List<OutboxRow> rows, Function<OutboxRow, @Nullable Object> column)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }

    private static @Nullable UUID causationId(Envelope envelope) {
        MessageId id = envelope.causationId();
        return id == null ? null : id.value();
    }

    private static @Nullable String orderNumber(Envelope envelope) {
        OrderNumber number = envelope.orderNumber();
        return number == null ? null : number.value();
    }

    private static @Nullable UUID sagaId(Envelope envelope) {
        SagaId id = envelope.sagaId();
        return id == null ? null : id.value();
    }
}
