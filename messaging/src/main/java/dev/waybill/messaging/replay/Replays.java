package dev.waybill.messaging.replay;

import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.outbox.OutboxTable.Said;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The replays that were asked for, and who is at which: by a lease that runs by the database's clock, with a token that rises
 * with each take-over, so a replica that was paused finds out before it can move the position.
 */
class Replays {

    private static final ProblemType RUNNING = ProblemType.conflict("replay-running",
            "A replay to this topic is still running");

    private final JdbcClient database;

    Replays(JdbcTemplate jdbc) {
        this.database = JdbcClient.create(jdbc);
    }

    /** Another replica has taken over, or the replay has ended. */
    static class LostLease extends RuntimeException {
        LostLease(Replay replay) {
            super("Replay %s has passed to another replica".formatted(replay.id()));
        }
    }

    /** Notes one that is to run: through what is published by now. */
    Replay add(String topic, Said said, int ratePerSecond) {
        try {
            return database.sql("""
                    insert into outbox_replay (id, topic, from_time, to_time, rate_per_second, through)
                    select :id, :topic, :from, :to, :rate, position from outbox_relay
                    returning *
                    """).param("id", Ids.next()).param("topic", topic).param("from", timestamp(said.from()))
                    .param("to", timestamp(said.to())).param("rate", ratePerSecond).query(Replays::replay).single();
        } catch (DuplicateKeyException e) {
            throw RUNNING.because("Two at once would mix the order up on " + topic);
        }
    }

    Optional<Replay> find(UUID id) {
        return database.sql("select * from outbox_replay where id = :id").param("id", id).query(Replays::replay)
                .optional();
    }

    /** The newest first: their ids sort by the time they were asked for. */
    Page<Replay> list(PageRequest page) {
        UUID before = page.after(UUID::fromString).orElse(new UUID(-1, -1));
        return page.page(
                database.sql("select * from outbox_replay where id < :before order by id desc limit :rows")
                        .param("before", before).param("rows", page.fetchSize()).query(Replays::replay).list(),
                Replay::id);
    }

    /** Takes on one that nobody is at. */
    Optional<Replay> takeOver(Duration lease) {
        return database
                .sql("""
                        update outbox_replay
                        set fencing_token = fencing_token + 1, lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                        where id = (select id from outbox_replay where status = 'RUNNING' and lease_until < clock_timestamp()
                                    order by id limit 1 for update skip locked)
                        returning *
                        """)
                .param("lease", lease.toMillis()).query(Replays::replay).optional();
    }

    /** Everything up to the position is on the topic, these events too; the lease is renewed. */
    void mark(Replay replay, long position, int events, Duration lease) {
        change(replay, """
                position = :position, published = published + :events,
                lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                """, statement -> statement.param("position", position).param("events", events)
                .param("lease", lease.toMillis()));
    }

    void keep(Replay replay, Duration lease) {
        change(replay, "lease_until = clock_timestamp() + :lease * interval '1 millisecond'",
                statement -> statement.param("lease", lease.toMillis()));
    }

    void counted(Replay replay, long total) {
        change(replay, "total = :total", statement -> statement.param("total", total));
    }

    void complete(Replay replay) {
        change(replay, "status = 'COMPLETED', ended_at = clock_timestamp()", statement -> statement);
    }

    void fail(Replay replay, String why) {
        change(replay, "status = 'FAILED', failure = :why, ended_at = clock_timestamp()",
                statement -> statement.param("why", why));
    }

    /** Whoever comes next may go on after the pause. */
    void release(Replay replay, Duration pause) {
        change(replay, "lease_until = clock_timestamp() + :pause * interval '1 millisecond'",
                statement -> statement.param("pause", pause.toMillis()));
    }

    private interface Parameters {
        JdbcClient.StatementSpec set(JdbcClient.StatementSpec statement);
    }

    private void change(Replay replay, String assignments, Parameters parameters) {
        int changed = parameters.set(database.sql("""
                update outbox_replay set %s where id = :id and fencing_token = :token and status = 'RUNNING'
                """.formatted(assignments)).param("id", replay.id()).param("token", replay.fencingToken())).update();
        if (changed == 0) {
            throw new LostLease(replay);
        }
    }

    private static Replay replay(ResultSet row, int number) throws SQLException {
        long total = row.getLong("total");
        boolean counted = !row.wasNull();
        return new Replay(
                row.getObject("id", UUID.class),
                row.getString("topic"),
                new Said(instant(row.getTimestamp("from_time")), instant(row.getTimestamp("to_time"))),
                row.getInt("rate_per_second"),
                Replay.Status.valueOf(row.getString("status")),
                row.getString("failure"),
                row.getLong("position"),
                row.getLong("through"),
                row.getLong("published"),
                counted ? total : null,
                row.getTimestamp("requested_at").toInstant(),
                instant(row.getTimestamp("ended_at")),
                row.getLong("fencing_token"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
