package dev.waybill.messaging.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.events.Envelope;
import dev.waybill.events.MessageId;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Which messages a real outbox has forgotten, and which it has only dropped, or has not marked yet. */
class OutboxMemoryTest {

    private static final HikariDataSource DATA_SOURCE = new HikariDataSource();
    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    private final JdbcTemplate jdbc = new JdbcTemplate(DATA_SOURCE);

    @BeforeAll
    static void connect() {
        DATA_SOURCE.setJdbcUrl(TestServers.freshDatabase("outbox_memory").url());
        Flyway.configure().dataSource(DATA_SOURCE).locations("classpath:db/messaging").load().migrate();
    }

    @AfterAll
    static void disconnect() {
        DATA_SOURCE.close();
    }

    @BeforeEach
    void begin() {
        jdbc.execute("truncate outbox restart identity");
        jdbc.execute("update outbox_relay set position = 0");
    }

    @Test
    void anOutboxThatNeverSaidAnythingHasForgottenWhateverThereIs() {
        Envelope message = message(NOW.minus(MONTH.multipliedBy(100)));
        assertThat(forgotten(null, message)).containsExactly(message.id());
        assertThat(forgotten(MONTH, message)).containsExactly(message.id());
    }

    @Test
    void whatIsThereIsNotForgottenMarkedOrNot() {
        Envelope first = said(NOW);
        Envelope second = said(NOW);
        assertThat(forgotten(null, first, second)).as("sent, and the publisher died before its first mark").isEmpty();
        mark(1);
        assertThat(forgotten(null, first, second)).isEmpty();
    }

    @Test
    void whatWasCommittedAfterThePointIsForgotten() {
        Envelope known = said(NOW);
        mark(1);
        Envelope after = message(NOW.plusSeconds(1));
        assertThat(forgotten(null, known, after)).containsExactly(after.id());
    }

    /** Long before that row's time, by a clock that is behind, or at the beginning of a transaction that took its time. */
    @Test
    void whatWasSaidSomewhatBeforeTheLastRowIsLookedForToo() {
        said(NOW);
        mark(1);
        Envelope after = message(NOW.minus(Duration.ofMinutes(10)));
        assertThat(forgotten(null, after)).containsExactly(after.id());
    }

    /** As when Kafka was away for hours after the restored database was started on. */
    @Test
    void howeverMuchIsSaidMeanwhileAndNotPublishedItIsStillForgotten() {
        said(NOW);
        mark(1);
        Envelope after = message(NOW.plusSeconds(1));
        sayMany(10_000, NOW.plus(Duration.ofHours(5)));
        assertThat(forgotten(null, after)).containsExactly(after.id());
    }

    @Test
    void whatLiesFarBackInTheTableIsFound() {
        Envelope known = said(NOW);
        sayMany(30_000, NOW.plusSeconds(60));
        mark(30_001);
        assertThat(forgotten(null, known)).isEmpty();
    }

    /** One replica's clock was an hour ahead, and then was put right. */
    @Test
    void whatWasSaidByAClockThatWasAheadIsFoundHoweverMuchFollowed() {
        Envelope known = said(NOW.plus(Duration.ofHours(1)));
        sayMany(20_000, NOW);
        mark(20_001);
        assertThat(forgotten(null, known)).isEmpty();
    }

    /** Transactions that were rolled back have drawn their ids. */
    @Test
    void idsThatNobodyHasAreNoEndOfTheTable() {
        Envelope known = said(NOW);
        mark(1);
        jdbc.queryForObject("select setval('outbox_id_seq', 9000000)", Long.class);
        assertThat(forgotten(null, known)).isEmpty();
    }

    @Test
    void whatRetentionHasDroppedIsNotForgotten() {
        Envelope dropped = said(NOW.minus(MONTH).minusSeconds(1));
        Envelope kept = said(NOW.minus(MONTH).plusSeconds(1));
        mark(2);
        jdbc.execute("delete from outbox where id = 1");
        assertThat(forgotten(MONTH, dropped, kept)).isEmpty();
        Envelope after = message(NOW.minus(MONTH).plusSeconds(2));
        assertThat(forgotten(MONTH, dropped, kept, after)).containsExactly(after.id());
    }

    @Test
    void whereRetentionHasDroppedEverythingOnlyWhatIsYoungerIsForgotten() {
        Envelope dropped = said(NOW.minus(MONTH).minusSeconds(1));
        mark(1);
        jdbc.execute("delete from outbox");
        Envelope after = message(NOW.minus(MONTH).plusSeconds(1));
        assertThat(forgotten(MONTH, dropped)).isEmpty();
        assertThat(forgotten(MONTH, dropped, after)).containsExactly(after.id());
    }

    /** Without a retention too: somebody has put an old partition into an archive. */
    @Test
    void whatWasSaidLongBeforeTheLastRowIsNotLookedFor() {
        Envelope archived = said(NOW.minus(MONTH));
        said(NOW);
        mark(2);
        jdbc.execute("delete from outbox where id = 1");
        assertThat(forgotten(null, archived)).isEmpty();
    }

    private Set<MessageId> forgotten(@Nullable Duration retention, Envelope... messages) {
        return new OutboxMemory(jdbc, retention, Clock.fixed(NOW, ZoneOffset.UTC)).forgottenOf(List.of(messages));
    }

    private Envelope said(Instant at) {
        Envelope message = message(at);
        insert(1, at, message.id());
        return message;
    }

    private void sayMany(int count, Instant at) {
        insert(count, at, null);
    }

    private void insert(int count, Instant at, @Nullable MessageId id) {
        jdbc.update(
                """
                        insert into outbox (message_id, topic, message_key, type, source, subject, logical_time, correlation_id, said_at,
                                            payload)
                        select coalesce(?::uuid, gen_random_uuid()), 'order.events', 'k', 'dev.waybill.order.confirmed.v1', '/s',
                               'order/1', 1, 'c', ?, '' from generate_series(1, ?)
                        """,
                id == null ? null : id.value(), Timestamp.from(at), count);
    }

    private void mark(long position) {
        jdbc.update("update outbox_relay set position = ?", position);
    }

    private static Envelope message(Instant at) {
        return new Envelope(Ids.nextMessageId(), "/s", "dev.waybill.order.confirmed.v1", "order/1", at, "k", 1L, 1, "c",
                null,
                null, null);
    }
}
