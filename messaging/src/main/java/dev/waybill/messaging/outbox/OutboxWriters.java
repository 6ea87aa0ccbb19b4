package dev.waybill.messaging.outbox;

import org.springframework.jdbc.core.JdbcTemplate;

import java.util.Set;

/**
 * The transactions that have written the outbox and have not ended. Whoever inserts holds the table's lock before it draws an
 * id, and holds it until its rows can be seen, or never will be.
 */
class OutboxWriters {

    /** A prepared transaction has gone on under another name than it had as long as it ran, and belongs to no process. */
    static final String PREPARED = "prepared";

    private static final String LOCKS = """
            pg_locks lock
            where lock.locktype = 'relation' and lock.relation = to_regclass('outbox')
              and lock.database = (select oid from pg_database where datname = current_database())
              and lock.mode = 'RowExclusiveLock' and lock.granted
            """;

    private final JdbcTemplate jdbc;

    OutboxWriters(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Their names, which no later transaction will have. */
    Set<String> running() {
        return Set.copyOf(jdbc.queryForList(
                "select distinct case when lock.pid is null then '%s' else lock.virtualtransaction end from %s"
                        .formatted(PREPARED, LOCKS),
                String.class));
    }

    /** For how long the oldest of them runs, in seconds; 0 when there is none. */
    double oldestAge() {
        Double age = jdbc.queryForObject("""
                select coalesce(max(extract(epoch from clock_timestamp() - activity.xact_start)), 0)
                from pg_stat_activity activity where activity.pid in (select lock.pid from %s)
                """.formatted(LOCKS), Double.class);
        return age == null ? 0 : Math.max(0, age);
    }
}
