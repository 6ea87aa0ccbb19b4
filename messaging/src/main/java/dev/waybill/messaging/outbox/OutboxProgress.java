package dev.waybill.messaging.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.Objects;

/** How far the outbox is published, and by whom; asked of the database each time. */
public class OutboxProgress {

    private static final String BACKLOG = """
            select count(*) from outbox where id > (select position from outbox_relay)
            """;

    private static final String OLDEST_AGE = """
            select greatest(0, coalesce(extract(epoch from clock_timestamp() - (
                select said_at from outbox where id > (select position from outbox_relay) order by id limit 1)), 0))
            """;

    private static final String PUBLISHER = """
            select case when lease_until > clock_timestamp() then leader end, fencing_token from outbox_relay
            """;

    private final JdbcTemplate jdbc;

    OutboxProgress(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Who publishes: nobody for now where there is no leader. */
    public record Publisher(@Nullable String leader, long fencingToken) {}

    /** How many messages wait to be published. */
    public long backlog() {
        return Objects.requireNonNull(jdbc.queryForObject(BACKLOG, Long.class));
    }

    /** For how long the oldest of them has waited; nought where none does. */
    public Duration oldestUnpublishedAge() {
        return Duration.ofMillis(Math.round(oldestUnpublishedSeconds() * 1000));
    }

    public Publisher publisher() {
        return Objects.requireNonNull(
                jdbc.queryForObject(PUBLISHER, (row, n) -> new Publisher(row.getString(1), row.getLong(2))));
    }

    double oldestUnpublishedSeconds() {
        return Objects.requireNonNull(jdbc.queryForObject(OLDEST_AGE, Double.class));
    }
}
