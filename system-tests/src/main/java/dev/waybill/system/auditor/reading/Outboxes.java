package dev.waybill.system.auditor.reading;

import dev.waybill.system.auditor.evidence.Fact.Said;
import dev.waybill.system.auditor.evidence.Letter;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

/** The rows of an outbox, and what has to stand on their records: CloudEvents 1.0 in Kafka's binary mode. */
final class Outboxes {

    private static final String ROWS = """
            select id, message_id, topic, message_key, type, source, subject, sequence, logical_time, correlation_id,
                   causation_id, saga_id, traceparent, order_number, (said_at at time zone 'UTC')::text as said_at, payload
            from outbox where %s order by id
            """;

    private final Map<String, String> schemas = new HashMap<>();

    /** What is done with a row. */
    interface Taker {
        void take(Said said, String payload);
    }

    /** When the first row was said that is still there, where older ones have been dropped; else the beginning of time. */
    static Instant keptSince(Database database) {
        return database
                .read("""
                        select said_at from outbox
                        where (select bool_and(ends is null or starts is not null) from messaging_partition where parent = 'outbox')
                        order by id limit 1
                        """,
                        row -> row.getObject(1, OffsetDateTime.class).toInstant())
                .stream().findFirst().orElse(Instant.MIN);
    }

    /** What was published after one position and up to another. */
    void between(Database database, long after, long upTo, Taker taker) {
        database.each(ROWS.formatted("id > %d and id <= %d".formatted(after, upTo)), row -> {
            String payload = row.getString("payload");
            Letter letter = Letter.of(row.getString("topic"), row.getString("message_key"), headers(row),
                    payload.getBytes(UTF_8));
            taker.take(new Said(database.name(), row.getLong("id"), letter), payload);
        });
    }

    /** How a record in full would look, for each of these rows, by row. */
    Map<Long, Full> inFull(Database database, Collection<Long> rows) {
        Map<Long, Full> found = new HashMap<>();
        if (!rows.isEmpty()) {
            String ids = rows.stream().map(Object::toString).collect(joining(", "));
            database.each(ROWS.formatted("id in (" + ids + ")"),
                    row -> found.put(row.getLong("id"), new Full(headers(row), row.getString("payload"))));
        }
        return found;
    }

    /** Every word of a message. */
    record Full(Map<String, String> headers, String payload) {}

    private Map<String, String> headers(ResultSet row) throws SQLException {
        String type = row.getString("type");
        Map<String, String> headers = new HashMap<>(32);
        headers.put("ce_specversion", "1.0");
        headers.put("content-type", "application/json");
        headers.put("ce_id", row.getString("message_id"));
        headers.put("ce_source", row.getString("source"));
        headers.put("ce_type", type);
        headers.put("ce_subject", row.getString("subject"));
        headers.put("ce_time", timeOf(row.getString("said_at")));
        headers.put("ce_dataschema", schemas.computeIfAbsent(type, Outboxes::schemaOf));
        headers.put("ce_partitionkey", row.getString("message_key"));
        headers.put("ce_logicaltime", row.getString("logical_time"));
        headers.put("ce_correlationid", row.getString("correlation_id"));
        putIfPresent(headers, "ce_sequence", row.getString("sequence"));
        putIfPresent(headers, "ce_causationid", row.getString("causation_id"));
        putIfPresent(headers, "ce_sagaid", row.getString("saga_id"));
        putIfPresent(headers, "traceparent", row.getString("traceparent"));
        putIfPresent(headers, "ce_ordernumber", row.getString("order_number"));
        return headers;
    }

    /** {@code 2026-11-21 18:28:36.9791} as an instant is written: with no, three or six digits behind the point. */
    static String timeOf(String said) {
        int missing = said.indexOf('.') < 0 ? 0 : Math.floorMod(20 - said.length(), 3);
        return said.substring(0, 10) + "T" + said.substring(11) + "0".repeat(missing) + "Z";
    }

    private static void putIfPresent(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    /** {@code dev.waybill.<context>.<message>.<version>} */
    private static String schemaOf(String type) {
        String[] parts = type.split("\\.", -1);
        return parts.length == 5 ? "contracts/%s/%s/%s.schema.json".formatted(parts[2], parts[3], parts[4]) : type;
    }
}
