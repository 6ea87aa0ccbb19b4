package dev.waybill.messaging.inbox;

import dev.waybill.messaging.inbox.ParkedAct.By;
import dev.waybill.messaging.inbox.ParkedAct.Kind;
import dev.waybill.messaging.inbox.ParkedMessage.Content;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The journal of what was done about parked messages and paused subscriptions; appended to, and dropped when past its time. */
public class ParkedActs {

    private final JdbcClient database;

    ParkedActs(JdbcClient database) {
        this.database = database;
    }

    /**
     * The newest first.
     *
     * @param before only those with a lower id
     */
    public List<ParkedAct> list(
            @Nullable UUID parkedMessage, @Nullable String key, @Nullable Long before, int limit) {
        return database.sql("""
                select * from parked_act
                where (:parked::uuid is null or parked_id = :parked) and (:key::text is null or message_key = :key)
                and (:before::bigint is null or id < :before)
                order by id desc limit :limit
                """).param("parked", parkedMessage).param("key", key).param("before", before).param("limit", limit)
                .query(ParkedActs::read).list();
    }

    void add(ParkedMessage message, Kind kind, By by, @Nullable String detail, @Nullable Content content) {
        add(message.subscription(), message, kind, by, detail, content);
    }

    void addOfSubscription(String subscription, Kind kind, By by, @Nullable String detail) {
        add(subscription, null, kind, by, detail, null);
    }

    private void add(
            String subscription,
            @Nullable ParkedMessage message,
            Kind kind,
            By by,
            @Nullable String detail,
            @Nullable Content content) {
        database.sql(
                """
                        insert into parked_act (kind, who, why, detail, subscription, parked_id, message_key, message_id, type,
                                                headers, payload)
                        values (:kind, :who, :why, :detail, :subscription, :parked, :key, :message, :type, :headers::jsonb, :payload)
                        """)
                .param("kind", kind.name())
                .param("who", by.who())
                .param("why", by.why())
                .param("detail", detail)
                .param("subscription", subscription)
                .param("parked", message == null ? null : message.id())
                .param("key", message == null ? null : message.key())
                .param("message", message == null ? null : message.messageId())
                .param("type", message == null ? null : message.type())
                .param("headers", content == null ? null : StoredContent.headers(content))
                .param("payload", content == null ? null : StoredContent.payload(content))
                .update();
    }

    private static ParkedAct read(ResultSet row, int number) throws SQLException {
        return new ParkedAct(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                Kind.valueOf(row.getString("kind")),
                row.getString("who"),
                row.getString("why"),
                row.getString("detail"),
                row.getString("subscription"),
                row.getObject("parked_id", UUID.class),
                row.getString("message_key"),
                row.getObject("message_id", UUID.class),
                row.getString("type"),
                StoredContent.read(row.getString("headers"), Bytes.wrap(row.getBytes("payload"))));
    }
}
