package dev.waybill.messaging.inbox;

import dev.waybill.events.Envelope.Header;
import dev.waybill.messaging.inbox.ParkedMessage.Content;
import dev.waybill.messaging.inbox.ParkedMessage.State;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The queues of parked messages, one for each blocked key of a subscription, as they are looked at and worked off. The first
 * of a queue is the parked one, at any time; what changes a queue locks its key first, so it never meets a handler.
 */
public class ParkedQueues {

    private static final String COLUMNS = """
            id, subscription, message_key, message_id, state, type, topic, partition, record_offset, headers,
            original_headers, original_payload, reason, stack, attempts, parked_at, version,
            (select f.id from parked_message f where f.subscription = m.subscription and f.message_key = m.message_key
             order by f.position limit 1) as first_id
            """;

    private final JdbcClient database;
    private final ParkedMessages parked;

    ParkedQueues(JdbcClient database, ParkedMessages parked) {
        this.database = database;
        this.parked = parked;
    }

    /** What is looked for; nothing stands for all. */
    public record Filter(@Nullable String subscription, @Nullable State state, @Nullable String key) {}

    /**
     * The newest first.
     *
     * @param before only those with a lower id
     * @param payloadBytes so much of each payload, at most
     */
    public List<ParkedMessage> list(Filter filter, @Nullable UUID before, int limit, int payloadBytes) {
        return database.sql("select substring(payload from 1 for :bytes) as payload, " + COLUMNS + """
                from parked_message m
                where (:subscription::text is null or subscription = :subscription)
                and (:state::text is null or state = :state) and (:key::text is null or message_key = :key)
                and (:before::uuid is null or id < :before)
                order by id desc limit :limit
                """).param("bytes", payloadBytes).param("subscription", filter.subscription())
                .param("state", filter.state() == null ? null : filter.state().name()).param("key", filter.key())
                .param("before", before).param("limit", limit).query(ParkedQueues::read).list();
    }

    public Optional<ParkedMessage> find(UUID id) {
        return database.sql("select payload, " + COLUMNS + " from parked_message m where id = :id").param("id", id)
                .query(ParkedQueues::read).optional();
    }

    public long count(String subscription, State state) {
        return database
                .sql("select count(*) from parked_message where subscription = :subscription and state = :state")
                .param("subscription", subscription).param("state", state.name()).query(Long.class).single();
    }

    /** Locks the message's queue until the running transaction ends; only then is it read. */
    Optional<ParkedMessage> lock(UUID id) {
        record Queue(String subscription, String key) {}
        return database.sql("select subscription, message_key from parked_message where id = :id").param("id", id)
                .query((row, n) -> new Queue(row.getString(1), row.getString(2))).optional().flatMap(queue -> {
                    parked.lockBlocked(queue.subscription(), List.of(queue.key()));
                    return find(id);
                });
    }

    /** What stands first under the key of this message, if anything does. */
    Optional<ParkedMessage> firstOf(ParkedMessage any) {
        return database.sql("""
                select id from parked_message where subscription = :subscription and message_key = :key
                order by position limit 1
                """).param("subscription", any.subscription()).param("key", any.key()).query(UUID.class).optional()
                .flatMap(this::find);
    }

    /** How many there are under the key of this message. */
    long countOf(ParkedMessage any) {
        return database.sql("""
                select count(*) from parked_message where subscription = :subscription and message_key = :key
                """).param("subscription", any.subscription()).param("key", any.key()).query(Long.class).single();
    }

    /**
     * Takes the first message out of its queue, which is locked; the next one becomes the first, and the key flows again when
     * there is none.
     *
     * @return the next one
     */
    Optional<ParkedMessage> remove(ParkedMessage first) {
        database.sql("delete from parked_message where id = :id").param("id", first.id()).update();
        Optional<UUID> next = database.sql("""
                update parked_message set state = 'PARKED', version = version + 1
                where id = (select id from parked_message where subscription = :subscription and message_key = :key
                            order by position limit 1)
                returning id
                """).param("subscription", first.subscription()).param("key", first.key()).query(UUID.class).optional();
        if (next.isEmpty()) {
            parked.unblockIfEmpty(first.subscription(), first.key());
        }
        return next.flatMap(this::find);
    }

    /** It stays where it is, with what was wrong this time. */
    ParkedMessage failedAgain(ParkedMessage message, Throwable fault) {
        ParkedReason why = ParkedReason.of(fault);
        database.sql(
                """
                        update parked_message set reason = :reason, stack = :stack, attempts = attempts + 1, version = version + 1
                        where id = :id
                        """)
                .param("reason", why.reason()).param("stack", why.stack()).param("id", message.id()).update();
        return find(message.id()).orElseThrow();
    }

    /** What it was changed from first is kept. */
    ParkedMessage edit(ParkedMessage message, Content content) {
        database.sql("""
                update parked_message
                set original_headers = case when edited then original_headers else headers end,
                    original_payload = case when edited then original_payload else payload end,
                    edited = true, headers = :headers::jsonb, payload = :payload, type = :type, version = version + 1
                where id = :id
                """).param("headers", StoredContent.headers(content)).param("payload", StoredContent.payload(content))
                .param("type", content.headers().get(Header.TYPE)).param("id", message.id()).update();
        return find(message.id()).orElseThrow();
    }

    private static ParkedMessage read(ResultSet row, int number) throws SQLException {
        Content content = StoredContent.read(row.getString("headers"), Bytes.wrap(row.getBytes("payload")));
        return new ParkedMessage(
                row.getObject("id", UUID.class),
                row.getString("subscription"),
                row.getString("message_key"),
                row.getObject("message_id", UUID.class),
                State.valueOf(row.getString("state")),
                row.getObject("first_id", UUID.class),
                row.getString("type"),
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("record_offset"),
                Objects.requireNonNull(content),
                StoredContent.read(row.getString("original_headers"), Bytes.wrap(row.getBytes("original_payload"))),
                row.getString("reason"),
                row.getString("stack"),
                row.getInt("attempts"),
                row.getTimestamp("parked_at").toInstant(),
                row.getLong("version"));
    }
}
