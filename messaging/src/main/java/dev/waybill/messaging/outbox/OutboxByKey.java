package dev.waybill.messaging.outbox;

import org.springframework.jdbc.core.JdbcTemplate;

import java.util.List;

/**
 * What the service has said, or is about to say, under one key: about one order. In the order in which it is published.
 *
 * <p>There is an index on the keys alone, as a key has few messages (docs/adr). The ids are kept out of the planner's sight, by adding
 * nothing to them: it would else think of walking through all of them, in their order, where it does not know how rare a key is.
 */
public class OutboxByKey {

    private static final String COLUMNS = OutboxTable.COLUMNS.replace("payload", "left(payload, %d) as payload");

    private final JdbcTemplate jdbc;

    OutboxByKey(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A message.
     *
     * @param row its payload may be cut off
     * @param published whether it is on its topic. When it came there is not kept: a row is never touched again
     */
    public record Said(long id, OutboxRow row, boolean published) {}

    /**
     * The oldest first. The position stands in the text so that the plan is made anew as the table grows: one that was made once, while
     * a partition was empty, would scan it for ever.
     *
     * @param after only those with a higher id
     * @param characters so much of each payload, at most
     */
    public List<Said> read(String key, long after, int characters, int limit) {
        Long position = jdbc.queryForObject("select position from outbox_relay", Long.class);
        String sql = """
                select id, id <= %d as published, %s from outbox
                where message_key = ? and id + 0 > %d order by id + 0 limit %d
                """.formatted(position, COLUMNS.formatted(characters), after, limit);
        return jdbc.query(
                sql,
                (row, n) -> new Said(row.getLong("id"), OutboxTable.rowOf(row), row.getBoolean("published")),
                key);
    }
}
