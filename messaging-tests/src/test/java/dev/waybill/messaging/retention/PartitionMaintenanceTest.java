package dev.waybill.messaging.retention;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is made, what is dropped and what is left alone, as time goes on. Partitions of the outbox hold a thousand ids. */
class PartitionMaintenanceTest {

    private static final Duration DAY = Duration.ofDays(1);
    private final Instant now = Instant.now();

    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final Partitions partitions = new Partitions(jdbc);

    @BeforeEach
    void connect() {
        dataSource.setJdbcUrl(TestServers.freshDatabase("partition_maintenance").url());
        Flyway.configure().dataSource(dataSource).locations("classpath:db/messaging").load().migrate();
        jdbc.execute("alter table outbox detach partition outbox_before");
        jdbc.execute("alter table outbox attach partition outbox_before for values from (minvalue) to (1000)");
    }

    @AfterEach
    void disconnect() {
        dataSource.close();
    }

    @Test
    void partitionsAreKeptAheadAsFarAsTheSettingsSay() {
        assertThat(maintenance(now, null).maintain()).isTrue();
        assertThat(partitions.aheadOfInbox()).isBetween(11.0, 12.0);
        assertThat(partitions.aheadOfOutbox()).isBetween(3.0, 4.0);
        say(2_500, now);
        assertThat(maintenance(now.plus(DAY.multipliedBy(14)), null).maintain()).isTrue();
        assertThat(partitions.aheadOfInbox()).isBetween(13.0, 14.0);
        assertThat(partitions.aheadOfOutbox()).isBetween(3.0, 4.0);
    }

    @Test
    void aWeekOfTheInboxGoesWhenItsLastIdIsOlderThanTheWindow() {
        taken(now);
        Instant weekEnds = jdbc
                .query("select max(time_of_uuid(ends::uuid)) from messaging_partition where name = 'inbox_before'",
                        (row, n) -> row.getTimestamp(1).toInstant())
                .getFirst();
        maintenance(weekEnds.plus(DAY.multipliedBy(14)).minusMillis(1), null).maintain();
        assertThat(count("inbox")).isEqualTo(1);
        maintenance(weekEnds.plus(DAY.multipliedBy(14)), null).maintain();
        assertThat(count("inbox")).isZero();
        assertThat(names()).doesNotContain("inbox_before");
    }

    @Test
    void whatCameToTheDefaultPartitionOfTheInboxGoesByTheTimeItCame() {
        jdbc.update("insert into inbox values (uuid_at(?), 's', ?)",
                Timestamp.from(now.plus(DAY.multipliedBy(4_000))), Timestamp.from(now));
        maintenance(now.plus(DAY.multipliedBy(13)), null).maintain();
        assertThat(count("inbox_default")).isEqualTo(1);
        maintenance(now.plus(DAY.multipliedBy(15)), null).maintain();
        assertThat(count("inbox")).isZero();
    }

    @Test
    void anEventStoreKeepsEverything() {
        say(3_000, now.minus(DAY.multipliedBy(4_000)));
        publishedTo(3_000);
        maintenance(now, null).maintain();
        assertThat(count("outbox")).isEqualTo(3_000);
    }

    @Test
    void anOutboxThatExpiresLosesWhatIsPublishedAndOldAndNothingElse() {
        maintenance(now, null).maintain();
        say(1_500, now.minus(DAY.multipliedBy(40)));
        say(1_000, now.minus(DAY.multipliedBy(10)));
        publishedTo(998);
        maintenance(now, DAY.multipliedBy(30)).maintain();
        assertThat(count("outbox")).isEqualTo(2_500);
        publishedTo(2_500);
        maintenance(now, DAY.multipliedBy(30)).maintain();
        assertThat(count("outbox")).isEqualTo(1_501);
        assertThat(names()).doesNotContain("outbox_before").contains("outbox_1000");
    }

    @Test
    void whatCameToTheDefaultPartitionOfTheOutboxGoesFromItsBeginning() {
        say(3_000, now.minus(DAY.multipliedBy(40)));
        say(500, now.minus(DAY.multipliedBy(10)));
        publishedTo(2_000);
        maintenance(now, DAY.multipliedBy(30)).maintain();
        assertThat(count("outbox")).isEqualTo(1_500);
        publishedTo(3_500);
        maintenance(now, DAY.multipliedBy(30)).maintain();
        assertThat(count("outbox")).isEqualTo(500);
    }

    @Test
    void whatAReplayNeedsIsKeptUntilItHasEnded() {
        maintenance(now, null).maintain();
        say(1_500, now.minus(DAY.multipliedBy(40)));
        publishedTo(1_500);
        jdbc.update("""
                insert into outbox_replay (id, topic, rate_per_second, position, through, total)
                values (gen_random_uuid(), 'history', 10, 100, 1500, 1500)
                """);
        maintenance(now, DAY.multipliedBy(30)).maintain();
        assertThat(count("outbox")).isEqualTo(1_500);
        jdbc.update("update outbox_replay set status = 'COMPLETED', ended_at = now()");
        maintenance(now, DAY.multipliedBy(30)).maintain();
        assertThat(count("outbox")).isEqualTo(501);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDropThatDoesNotGetItsLockIsGivenUpAndDoneTheNextTime() throws SQLException {
        taken(now);
        PartitionMaintenance later = maintenance(now.plus(DAY.multipliedBy(30)), null);
        try (Connection writer = dataSource.getConnection(); Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("insert into inbox values (gen_random_uuid(), 's')");
            assertThat(later.maintain()).isFalse();
            assertThat(names()).contains("inbox_before");
            writer.commit();
        }
        assertThat(later.maintain()).isTrue();
        assertThat(names()).doesNotContain("inbox_before");
    }

    @Test
    void makingPartitionsWaitsForNoWriter() throws SQLException {
        try (Connection writer = dataSource.getConnection(); Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("insert into inbox values (uuid_at(now()), 's')");
            statement.execute(
                    """
                            insert into outbox (message_id, topic, message_key, type, source, subject, logical_time, correlation_id,
                                                said_at, payload)
                            values (gen_random_uuid(), 't', 'k', 't', '/s', 'order/1', 1, 'c', now(), 'p')
                            """);
            assertThat(maintenance(now, null).maintain()).isTrue();
            assertThat(partitions.aheadOfOutbox()).isPositive();
            writer.rollback();
        }
    }

    @Test
    void onlyOneReplicaAtATimeLooksAfterThePartitions() throws SQLException {
        try (Connection other = dataSource.getConnection(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select make_outbox_partition(1000, 4, 1000000)");
            assertThat(partitions.makeForOutbox(1_000, 4)).isEmpty();
            other.commit();
        }
        assertThat(partitions.makeForOutbox(1_000, 4)).contains("outbox_2000");
    }

    /** More of them than go at once. */
    @Test
    void whatWasDoneAboutParkedMessagesIsDroppedByItsAge() {
        jdbc.update(
                """
                        insert into parked_act (at, kind, who, subscription)
                        select ?::timestamptz + n * interval '1 minute', 'RESUMED', 'o', 's' from generate_series(-2500, 1499) as n
                        """,
                Timestamp.from(now.minus(DAY.multipliedBy(365))));
        assertThat(maintenance(now, null).maintain()).isTrue();
        assertThat(count("parked_act")).isEqualTo(1_500);
        assertThat(maintenance(now, null).maintain()).isTrue();
        assertThat(count("parked_act")).isEqualTo(1_500);
    }

    @Test
    void noPartitionIsAttachedWhereReadingTheDefaultOneWouldHoldUpItsWriters() {
        say(3_000, now);
        assertThatThrownBy(() -> jdbc.queryForList("select make_outbox_partition(1000, 4, 8192)"))
                .hasMessageContaining("outbox_default has").hasMessageContaining("while writers wait");
        assertThat(partitions.makeForOutbox(1_000, 4)).contains("outbox_5000");
    }

    @Test
    void theRoleOfAServiceNeedNotOwnTheTables() {
        jdbc.execute("""
                do $$ begin
                  create role service_without_tables;
                exception when duplicate_object then null;
                end $$
                """);
        jdbc.execute("grant execute on function make_outbox_partition to service_without_tables");
        try (var connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("set role service_without_tables");
            statement.execute("select make_outbox_partition(1000, 4, 1000000)");
            assertThatThrownBy(() -> statement.execute("select drop_inbox_partition(now())"))
                    .hasMessageContaining("permission denied");
            statement.execute("reset role");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(names()).contains("outbox_1000");
    }

    private PartitionMaintenance maintenance(Instant time, @Nullable Duration outboxKept) {
        var settings = new MessagingSettings.Retention(
                DAY.multipliedBy(14), outboxKept, 12, 1_000, 4, Duration.ofHours(1), Duration.ofMinutes(1),
                DAY.multipliedBy(365));
        return new PartitionMaintenance(settings, partitions, Clock.fixed(time, ZoneOffset.UTC));
    }

    private void taken(Instant made) {
        jdbc.update("insert into inbox values (uuid_at(?), 's')", Timestamp.from(made));
    }

    private void say(int rows, Instant at) {
        jdbc.update("""
                insert into outbox (message_id, topic, message_key, type, source, subject, logical_time, correlation_id,
                                    said_at, payload)
                select gen_random_uuid(), 't', 'k', 't', '/s', 'order/1', 1, 'c', ?, 'p' from generate_series(1, ?)
                """, Timestamp.from(at), rows);
    }

    private void publishedTo(long position) {
        jdbc.update("update outbox_relay set position = ?", position);
    }

    private long count(String table) {
        return jdbc.query("select count(*) from " + table, (row, n) -> row.getLong(1)).getFirst();
    }

    private List<@Nullable String> names() {
        return jdbc.queryForList("select name from messaging_partition", String.class);
    }
}
