package dev.waybill.messaging.inbox;

import dev.waybill.events.MessageId;
import dev.waybill.messaging.Ids;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Where messages stand that cannot be handled, and behind them the later ones of the same key, until a person has seen to
 * the first. A key with a message here has a row in {@code blocked_key}; whoever handles or replays locks it.
 */
class ParkedMessages {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_STACK = 16_000;

    private final JdbcTemplate jdbc;

    ParkedMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Which of the keys are blocked; they stay as they are until the running transaction ends. */
    Set<String> lockBlocked(String subscription, Collection<String> keys) {
        String[] sorted = keys.stream().distinct().sorted().toArray(String[]::new);
        return new HashSet<>(jdbc.query("""
                select message_key from blocked_key
                where subscription = ? and message_key = any(?)
                order by message_key for update
                """, statement -> {
            statement.setString(1, subscription);
            statement.setArray(2, statement.getConnection().createArrayOf("text", sorted));
        }, (row, n) -> row.getString(1)));
    }

    /** Parks a message that failed, and blocks its key. */
    void park(
            String subscription,
            ConsumerRecord<String, byte[]> record,
            MessageId id,
            Throwable fault,
            int attempts) {
        jdbc.update("""
                insert into blocked_key (subscription, message_key) values (?, ?) on conflict do nothing
                """, subscription, keyOf(record));
        insert(subscription, record, id, "PARKED", reasonOf(fault), stackOf(fault), attempts);
    }

    /** Has a message wait behind one of the same key that is parked. */
    void waitBehind(String subscription, ConsumerRecord<String, byte[]> record, MessageId id) {
        insert(subscription, record, id, "WAITING_BEHIND", null, null, 0);
    }

    /** The record's key, or what stands for it: none of ours is so long that it does not fit an index, or holds a NUL. */
    static String keyOf(ConsumerRecord<String, byte[]> record) {
        String key = record.key() == null ? "" : record.key();
        if (key.length() <= LONGEST_KEY && key.chars().noneMatch(Character::isISOControl)) {
            return key;
        }
        return "key-" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    private void insert(
            String subscription,
            ConsumerRecord<String, byte[]> record,
            MessageId id,
            String state,
            @Nullable String reason,
            @Nullable String stack,
            int attempts) {
        jdbc.update(
                """
                        insert into parked_message (id, subscription, message_key, message_id, state, type, topic, partition,
                                                    record_offset, headers, payload, reason, stack, attempts)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
                        """,
                Ids.next(),
                subscription,
                keyOf(record),
                id.value(),
                state,
                headersOf(record).get("ce_type"),
                record.topic(),
                record.partition(),
                record.offset(),
                JSON.writeValueAsString(headersOf(record)),
                record.value(),
                reason,
                stack,
                attempts);
    }

    private static Map<String, String> headersOf(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> {
            String text = header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
            headers.put(header.key(), storable(text));
        });
        return headers;
    }

    private static String reasonOf(Throwable fault) {
        String message = fault.getMessage();
        return storable(message == null ? fault.getClass().getSimpleName() : message);
    }

    private static String stackOf(Throwable fault) {
        var stack = new StringWriter();
        fault.printStackTrace(new PrintWriter(stack));
        return storable(stack.toString());
    }

    /** PostgreSQL's text takes no NUL. */
    private static String storable(String text) {
        String cut = text.length() > LONGEST_STACK ? text.substring(0, LONGEST_STACK) : text;
        return cut.replace('\0', '\uFFFD');
    }
}
