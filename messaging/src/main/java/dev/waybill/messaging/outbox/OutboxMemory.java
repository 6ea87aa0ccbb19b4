package dev.waybill.messaging.outbox;

import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Which of the messages that stand on topics the outbox does not know. There is no index over their ids, and none is needed:
 * what a database has forgotten was committed after everything that it still has, so what was said a while before the row at
 * the relay's mark is not looked for, whether retention has dropped it or not; the rest is looked for from the end of the
 * table backwards, which finds it soon where nothing is forgotten. Only what is not found so is looked for in the whole table. The mark moves only with what is published, so the answer is the same
 * however much was said since the database was restored.
 */
class OutboxMemory {

    /** Replicas' clocks may differ, and a transaction says something a while before it commits. */
    private static final Duration MARGIN = Duration.ofMinutes(15);
    private static final long FIRST_STRETCH = 2_000;

    private final JdbcTemplate jdbc;
    private final @Nullable Duration retention;
    private final Clock clock;

    /** @param retention for how long rows are kept; none for ever */
    OutboxMemory(JdbcTemplate jdbc, @Nullable Duration retention, Clock clock) {
        this.jdbc = jdbc;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * The two ends of what is there.
     *
     * @param published when the last row was said that is published and still there
     * @param oldest when the first row was said
     */
    private record Ends(long position, @Nullable Instant published, @Nullable Instant oldest, long last) {

        static Ends read(ResultSet row, int number) throws SQLException {
            return new Ends(row.getLong(1), instant(row, 2), instant(row, 3), row.getLong(4));
        }

        private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
    }

    /** Those of the messages that the outbox should know and does not. */
    Set<MessageId> forgottenOf(Collection<Envelope> messages) {
        Ends ends = Objects.requireNonNull(jdbc.queryForObject("""
                select position, (select said_at from outbox where id <= position order by id desc limit 1),
                       (select said_at from outbox order by id limit 1), (select last_value from outbox_id_seq)
                from outbox_relay
                """, Ends::read));
        Instant knownBefore = knownBefore(ends);
        Map<MessageId, Instant> missing = new HashMap<>();
        messages.stream().filter(message -> !message.time().isBefore(knownBefore))
                .forEach(message -> missing.put(message.id(), message.time()));
        long size = FIRST_STRETCH;
        for (long to = ends.last(); to > 0 && !missing.isEmpty(); to -= size, size *= 2) {
            removeThoseBetween(to - size, to, missing);
            Instant reached = saidAfter(to - size);
            if (reached != null && missing.values().stream().allMatch(said -> reached.isBefore(said.minus(MARGIN)))) {
                break;
            }
        }
        if (!missing.isEmpty()) {
            // Before anybody is alarmed: a clock that was wrong for a while puts rows where nobody looks for them.
            removeThoseBetween(0, ends.last(), missing);
        }
        return Set.copyOf(missing.keySet());
    }

    /** What was said before that was committed before the point that the database is at. */
    private Instant knownBefore(Ends ends) {
        Instant published = ends.published();
        if (ends.position() == 0 || (published == null && retention == null)) {
            return Instant.MIN;
        }
        Instant kept = retention == null ? Instant.MIN : clock.instant().minus(retention);
        if (published == null) {
            return kept;
        }
        Instant margin = published.minus(MARGIN);
        Instant oldest = ends.oldest();
        return retention != null && oldest != null && oldest.isAfter(margin) ? oldest : margin;
    }

    private void removeThoseBetween(long after, long through, Map<MessageId, Instant> missing) {
        UUID[] ids = missing.keySet().stream().map(MessageId::value).toArray(UUID[]::new);
        jdbc.query(
                "select message_id from outbox where id > %d and id <= %d and message_id = any(?)".formatted(after,
                        through),
                row -> {
                    missing.remove(new MessageId(row.getObject(1, UUID.class)));
                }, (Object) ids);
    }

    /** None: nothing is there after it. */
    private @Nullable Instant saidAfter(long id) {
        return jdbc.query(
                "select said_at from outbox where id > %d order by id limit 1".formatted(id),
                row -> row.next() ? Ends.instant(row, 1) : null);
    }
}
