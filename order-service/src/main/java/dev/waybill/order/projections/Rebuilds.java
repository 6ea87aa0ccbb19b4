package dev.waybill.order.projections;

import dev.waybill.defaults.problems.ProblemType;
import dev.waybill.messaging.Ids;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The rebuilds that were asked for: who, why, how far they are, and which process is at the one that runs. */
@Repository
class Rebuilds {

    private static final ProblemType RUNNING = ProblemType.conflict("rebuild-running", "A projection is being rebuilt");

    private final JdbcClient database;

    Rebuilds(JdbcClient database) {
        this.database = database;
    }

    /** Somebody else is at it by now. */
    static class LostLease extends RuntimeException {
        LostLease(Rebuild rebuild) {
            super("Rebuild %s of %s has gone over to another process".formatted(rebuild.id(), rebuild.projection()));
        }
    }

    /** One at a time: two would have the processor and the disk to share, and none would be ready sooner. */
    Rebuild add(Generations.Generation generation, String requestedBy, String reason, Instant now) {
        try {
            return database
                    .sql("""
                            insert into projection_rebuild (id, projection, generation, requested_by, reason, requested_at)
                            values (:id, :projection, :generation, :by, :reason, :now::timestamptz) returning *
                            """)
                    .param("id", Ids.next()).param("projection", generation.projection())
                    .param("generation", generation.number() + 1).param("by", requestedBy).param("reason", reason)
                    .param("now", now.toString()).query(Rebuilds::rebuild).single();
        } catch (DuplicateKeyException _) {
            throw RUNNING.because("Wait until it is ready, and ask again");
        }
    }

    Optional<Rebuild> lastOf(String projection) {
        return database.sql("select * from projection_rebuild where projection = :name order by id desc limit 1")
                .param("name", projection).query(Rebuilds::rebuild).optional();
    }

    /** Takes on the one that runs, if nobody is at it. It begins again. */
    Optional<Rebuild> takeOver(Duration lease) {
        return database
                .sql("""
                        update projection_rebuild
                        set fencing_token = fencing_token + 1, attempts = attempts + 1, events = 0, total = null,
                          lease_until = clock_timestamp() + :lease * interval '1 millisecond'
                        where id = (select id from projection_rebuild where status = 'RUNNING' and lease_until < clock_timestamp()
                                    limit 1 for update skip locked)
                        returning *
                        """)
                .param("lease", lease.toMillis()).query(Rebuilds::rebuild).optional();
    }

    void begins(Rebuild rebuild, long total, Duration lease) {
        change(rebuild, "total = :total, lease_until = clock_timestamp() + :lease * interval '1 millisecond'",
                statement -> statement.param("total", total).param("lease", lease.toMillis()));
    }

    /** These are read as well; the lease is renewed. Whoever has lost it finds out before anything is committed. */
    void progress(Rebuild rebuild, long events, Duration lease) {
        change(rebuild,
                "events = events + :events, lease_until = clock_timestamp() + :lease * interval '1 millisecond'",
                statement -> statement.param("events", events).param("lease", lease.toMillis()));
    }

    void complete(Rebuild rebuild, Instant now) {
        change(rebuild, "status = 'COMPLETED', ended_at = :now::timestamptz",
                statement -> statement.param("now", now.toString()));
    }

    void fail(Rebuild rebuild, String why, Instant now) {
        change(rebuild, "status = 'FAILED', failure = :why, ended_at = :now::timestamptz",
                statement -> statement.param("why", why).param("now", now.toString()));
    }

    /** Whoever comes next may begin again after the pause. */
    void release(Rebuild rebuild, Duration pause) {
        change(rebuild, "lease_until = clock_timestamp() + :pause * interval '1 millisecond'",
                statement -> statement.param("pause", pause.toMillis()));
    }

    private void change(Rebuild rebuild, String assignments, UnaryOperator<JdbcClient.StatementSpec> parameters) {
        int changed = parameters.apply(database.sql("""
                update projection_rebuild set %s where id = :id and fencing_token = :token and status = 'RUNNING'
                """.formatted(assignments)).param("id", rebuild.id()).param("token", rebuild.fencingToken())).update();
        if (changed == 0) {
            throw new LostLease(rebuild);
        }
    }

    private static Rebuild rebuild(ResultSet row, int number) throws SQLException {
        return new Rebuild(
                row.getObject("id", UUID.class),
                row.getString("projection"),
                row.getLong("generation"),
                Rebuild.Status.valueOf(row.getString("status")),
                row.getString("failure"),
                row.getString("requested_by"),
                row.getString("reason"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("ended_at", OffsetDateTime.class)),
                row.getLong("events"),
                row.getObject("total", Long.class),
                row.getInt("attempts"),
                row.getLong("fencing_token"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
