package dev.waybill.messaging.inbox;

import dev.waybill.events.Envelope.Header;
import dev.waybill.events.MessageId;
import dev.waybill.messaging.Ids;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.JdbcTemplate;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Where messages stand that cannot be handled, and behind them the later ones of the same key, until a person has seen to
 * the first. A key with a message here has a row in {@code blocked_key}; whoever handles or replays locks it, and it goes
 * only when nothing stands here, so nothing slips between.
 */
class ParkedMessages {

    private static final int LONGEST_KEY = 100;

    private final JdbcTemplate jdbc;
    private final ParkedCommandNotes notes;

    ParkedMessages(JdbcTemplate jdbc, ParkedCommandNotes notes) {
        this.jdbc = jdbc;
        this.notes = notes;
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

    /**
     * Parks a message that failed, and blocks its key. Where another transaction was faster to block it, the message waits
     * behind that one's: a queue has one parked message, its first.
     *
     * @return false where it is parked already
     */
    boolean park(
            String subscription,
            ConsumerRecord<String, byte[]> record,
            MessageId id,
            Throwable fault,
            int attempts) {
        // The update that changes nothing locks a row that is there: it cannot go before the message is in its queue.
        jdbc.update("""
                insert into blocked_key as b (subscription, message_key) values (?, ?)
                on conflict (subscription, message_key) do update set blocked_since = b.blocked_since
                """, subscription, keyOf(record));
        boolean parked = insert(subscription, record, id, ParkedReason.of(fault), attempts);
        if (!parked) {
            unblockIfEmpty(subscription, keyOf(record));
        }
        return parked;
    }

    /**
     * Has a message wait behind one of the same key that is parked. The key is locked.
     *
     * @return false where it waits there already
     */
    boolean waitBehind(String subscription, ConsumerRecord<String, byte[]> record, MessageId id) {
        return insert(subscription, record, id, ParkedReason.NONE, 0);
    }

    /** The key is locked, and flows again where nothing waits under it. */
    void unblockIfEmpty(String subscription, String key) {
        jdbc.update("""
                delete from blocked_key b where subscription = ? and message_key = ?
                and not exists (select from parked_message m
                                where m.subscription = b.subscription and m.message_key = b.message_key)
                """, subscription, key);
    }

    /** The record's key, or what stands for it: none of ours is so long that it does not fit an index, or holds a NUL. */
    static String keyOf(ConsumerRecord<String, byte[]> record) {
        String key = record.key() == null ? "" : record.key();
        if (key.length() <= LONGEST_KEY && key.chars().noneMatch(Character::isISOControl)) {
            return key;
        }
        return "key-" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    }

    private boolean insert(
            String subscription,
            ConsumerRecord<String, byte[]> record,
            MessageId id,
            ParkedReason why,
            int attempts) {
        String key = keyOf(record);
        Map<String, String> headers = headersOf(record);
        UUID parkedId = Ids.next();
        int inserted = jdbc.update(
                """
                        insert into parked_message (id, subscription, message_key, message_id, state, type, topic, partition,
                                                    record_offset, headers, payload, reason, stack, attempts)
                        select ?, ?, ?, ?,
                               case when exists (select from parked_message where subscription = ? and message_key = ?)
                                    then 'WAITING_BEHIND' else 'PARKED' end,
                               ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?
                        on conflict (subscription, message_id) do nothing
                        """,
                parkedId,
                subscription,
                key,
                id.value(),
                subscription,
                key,
                headers.get(Header.TYPE),
                record.topic(),
                record.partition(),
                record.offset(),
                StoredContent.headers(headers),
                record.value(),
                why.reason(),
                why.stack(),
                attempts);
        if (inserted > 0) {
            notes.say(parkedId, record);
        }
        return inserted > 0;
    }

    /** A header without a value says no more than one that is missing. */
    private static Map<String, String> headersOf(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> {
            if (header.value() != null) {
                headers.put(header.key(), ParkedReason.storable(new String(header.value(), StandardCharsets.UTF_8)));
            }
        });
        return headers;
    }
}
