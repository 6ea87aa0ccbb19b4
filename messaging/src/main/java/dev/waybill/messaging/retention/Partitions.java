package dev.waybill.messaging.retention;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The partitions of outbox and inbox, and what goes row by row. Each call is one short transaction; partitions are made and
 * dropped in the database's own functions (V4). It does one step and says what it did, or nothing if there is nothing to do or
 * another replica is at it. A step that does not get its lock within 100 ms fails and has changed nothing. One takes long, and
 * keeps nobody waiting: {@link #indexByKey}.
 */
class Partitions {

    /** Reading this much takes about as long as a lock is waited for. */
    private static final long READABLE_BYTES = 64L * 1024 * 1024;
    private static final int ROWS_AT_ONCE = 1_000;

    private static final String WITHOUT_INDEX = """
            select p.name from messaging_partition p
            where p.parent = 'outbox' and not exists (
                select from pg_inherits attached join pg_index i on i.indexrelid = attached.inhrelid
                where attached.inhparent = 'outbox_by_key'::regclass and i.indrelid = p.oid)
            order by p.ends::bigint desc nulls last limit 1
            """;
    /** The advisory lock of whoever makes one; held by the session, as this is no transaction. */
    private static final String INDEXING = "hashtext('outbox_by_key'))";

    private final JdbcTemplate jdbc;

    Partitions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Optional<String> makeForInbox(Instant before) {
        return name("select make_inbox_partition(?, ?)", Timestamp.from(before), READABLE_BYTES);
    }

    Optional<String> makeForOutbox(long size, int ahead) {
        return name("select make_outbox_partition(?, ?, ?)", size, ahead, READABLE_BYTES);
    }

    Optional<String> dropFromInbox(Instant madeBefore) {
        return name("select drop_inbox_partition(?)", Timestamp.from(madeBefore));
    }

    Optional<String> dropFromOutbox(Instant saidBefore) {
        return name("select drop_outbox_partition(?)", Timestamp.from(saidBefore));
    }

    /**
     * Gives one partition of the outbox the index by key that its migration (V7) has left out, as the partition is large. Writers
     * go on meanwhile; in the end they wait for as long as a lock is waited for. What was cut off before is begun anew.
     */
    Optional<String> indexByKey() {
        return Objects.requireNonNull(jdbc.execute((Connection connection) -> {
            var here = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            if (!Boolean.TRUE.equals(here.queryForObject("select pg_try_advisory_lock(" + INDEXING, Boolean.class))) {
                return Optional.<String>empty();
            }
            try {
                Optional<String> partition = first(here, WITHOUT_INDEX);
                partition.ifPresent(name -> indexByKey(here, name));
                return partition;
            } finally {
                if (connection.isValid(1)) {
                    here.execute("reset lock_timeout");
                    here.execute("select pg_advisory_unlock(" + INDEXING);
                }
            }
        }));
    }

    private static void indexByKey(JdbcTemplate here, String partition) {
        String index = partition + "_by_key";
        if (first(here,
                "select 1 from pg_index where indexrelid = to_regclass('%s') and not indisvalid".formatted(index))
                .isPresent()) {
            here.execute("drop index concurrently " + index);
        }
        here.execute("create index concurrently if not exists %s on %s (message_key)".formatted(index, partition));
        here.execute("set lock_timeout = '100ms'");
        here.execute("alter index outbox_by_key attach partition " + index);
    }

    private static Optional<String> first(JdbcTemplate here, String sql) {
        return here.query(sql, (row, n) -> row.getString(1)).stream().findFirst();
    }

    /** What came to the inbox's default partition goes by its age, some rows at a time. */
    int deleteFromInboxDefault(Instant receivedBefore) {
        return jdbc.update("""
                delete from inbox_default where ctid = any (array(
                    select ctid from inbox_default where received_at < ? order by received_at limit ?))
                """, Timestamp.from(receivedBefore), ROWS_AT_ONCE);
    }

    /** What came to the outbox's default partition goes from its beginning on, as far as it is published, and old. */
    int deleteFromOutboxDefault(Instant saidBefore) {
        return jdbc.update("""
                delete from outbox_default where id in (
                    select id from (select id, said_at from outbox_default order by id limit ?) as oldest
                    where said_at < ? and id <= (select position from outbox_relay)
                      and not exists (select from outbox_replay where status = 'RUNNING' and position < oldest.id))
                """, ROWS_AT_ONCE, Timestamp.from(saidBefore));
    }

    /** Acts have ids in the order of their times, near enough: what is old stands at the beginning. */
    int deleteFromParkedActs(Instant doneBefore) {
        return jdbc.update("""
                delete from parked_act where id in (
                    select id from (select id, at from parked_act order by id limit ?) as oldest where at < ?)
                """, ROWS_AT_ONCE, Timestamp.from(doneBefore));
    }

    /** How many weeks' partitions have not begun. */
    double aheadOfInbox() {
        return number("""
                select count(*) from messaging_partition where parent = 'inbox' and starts::uuid > uuid_at(now())
                """);
    }

    /** How many partitions no id has reached. */
    double aheadOfOutbox() {
        return number("""
                select count(*) from messaging_partition
                where parent = 'outbox' and starts::bigint > (select last_value from outbox_id_seq)
                """);
    }

    private Optional<String> name(String sql, Object... arguments) {
        return Optional.ofNullable(jdbc.queryForObject(sql, String.class, arguments));
    }

    private double number(String sql) {
        @Nullable Double answer = jdbc.queryForObject(sql, Double.class);
        return answer == null ? Double.NaN : answer;
    }
}
