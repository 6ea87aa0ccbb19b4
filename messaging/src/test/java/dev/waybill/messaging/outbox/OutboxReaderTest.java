package dev.waybill.messaging.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Reading the outbox while other transactions are open, interleaved step by step on connections of their own. */
class OutboxReaderTest {

    private static final HikariDataSource DATA_SOURCE = new HikariDataSource();

    private final List<Connection> open = new ArrayList<>();
    private JdbcTemplate jdbc = new JdbcTemplate(DATA_SOURCE);
    private OutboxReader reader = readerFrom(0);
    private int reads;

    @BeforeAll
    static void connect() {
        DATA_SOURCE.setJdbcUrl(TestServers.freshDatabase("outbox_reader").url());
        Flyway.configure().dataSource(DATA_SOURCE).locations("classpath:db/messaging").load().migrate();
    }

    @AfterAll
    static void disconnect() {
        DATA_SOURCE.close();
    }

    @BeforeEach
    void begin() {
        jdbc = new JdbcTemplate(DATA_SOURCE);
        jdbc.execute("truncate outbox restart identity");
        reader = readerFrom(0);
    }

    @AfterEach
    void endWhatIsOpen() throws SQLException {
        for (Connection connection : open) {
            connection.close();
        }
    }

    @Test
    void committedRowsAreReadInTheOrderOfTheirIds() throws SQLException {
        Transaction one = transaction();
        one.says("a");
        one.says("b");
        one.commits();
        assertThat(published()).containsExactly("a", "b");
    }

    @Test
    void aRowThatIsNotCommittedIsNotReadAndHoldsBackWhatHasALaterId() throws SQLException {
        Transaction first = transaction();
        first.says("first");
        Transaction second = transaction();
        second.says("second");
        second.commits();

        assertThat(published()).isEmpty();
        assertThat(reader.waitsAtGap()).isTrue();
        first.commits();
        assertThat(published()).containsExactly("first", "second");
    }

    @Test
    void aGapOfARolledBackTransactionIsPassedWhenThatHasEnded() throws SQLException {
        Transaction first = transaction();
        first.says("never");
        Transaction second = transaction();
        second.says("second");
        second.commits();

        assertThat(published()).isEmpty();
        first.rollsBack();
        assertThat(published()).containsExactly("second");
    }

    @Test
    void aGapWhoseTransactionIsLongOverIsPassedAtOnce() throws SQLException {
        jdbc.queryForObject("select setval('outbox_id_seq', 33)", Long.class);
        Transaction afterCrash = transaction();
        afterCrash.says("after the crash");
        afterCrash.commits();
        assertThat(published()).containsExactly("after the crash");
    }

    @Test
    void aGapBehindTheOneThatWasWaitedForIsNotedAtOnce() throws SQLException {
        Transaction first = transaction();
        first.says("first");
        Transaction second = transaction();
        second.says("second");
        second.commits();
        Transaction third = transaction();
        third.says("third");
        assertThat(published()).isEmpty();

        Transaction fourth = transaction();
        fourth.says("fourth");
        fourth.commits();
        first.commits();
        assertThat(published()).containsExactly("first", "second");
        assertThat(reader.waitsAtGap()).as("so that the fourth does not wait for somebody's next word").isTrue();
        third.rollsBack();
        assertThat(published()).containsExactly("fourth");
    }

    @Test
    void whatIsCommittedBehindAGapThatHasBeenFilledDoesNotWaitForAWriterBehindIt() throws SQLException {
        Transaction first = transaction();
        first.says("first");
        Transaction second = transaction();
        for (int n = 2; n <= 6; n++) {
            second.says("number " + n);
        }
        second.commits();
        transaction().says("open for long");
        assertThat(published(2)).isEmpty();

        first.commits();
        assertThat(published(2)).containsExactly("first", "number 2");
        assertThat(published(2)).containsExactly("number 3", "number 4");
        assertThat(published(2)).containsExactly("number 5", "number 6");
        assertThat(published(2)).isEmpty();
    }

    /**
     * The interleaving that a fence at the snapshot's xmin inverts: T100 starts first, T105 changes the aggregate and commits
     * while T103 is open, then T100 changes it and commits. The window below 103 holds the second change and not the first.
     */
    @Test
    void changesOfOneAggregateAreReadInTheirOrderWhateverTheTransactionsAges() throws SQLException {
        Transaction t100 = transaction();
        t100.ownsItsId();
        Transaction t103 = transaction();
        t103.ownsItsId();
        Transaction t105 = transaction();
        t105.ownsItsId();
        t105.says("first change");
        t105.commits();
        t100.says("second change");
        t100.commits();
        assertThat(published()).containsExactly("first change", "second change");
        t103.commits();
    }

    @Test
    void aRunningTransactionYoungerThanTheSnapshotsXmaxIsWaitedFor() throws SQLException {
        Transaction younger = committedAheadOfAYoungerOne();
        assertThat(published()).isEmpty();
        assertThat(published()).isEmpty();
        younger.commits();
        assertThat(published()).containsExactly("drawn first, committed last", "drawn last, committed first");
    }

    /** Answers the younger one, which runs. */
    private Transaction committedAheadOfAYoungerOne() throws SQLException {
        Transaction older = transaction();
        older.ownsItsId();
        Transaction younger = transaction();
        younger.ownsItsId();
        younger.says("drawn first, committed last");
        older.says("drawn last, committed first");
        older.commits();
        return younger;
    }

    @Test
    void whatNoGapHoldsBackGoesOutWhileALaterGapIsWaitedAt() throws SQLException {
        Transaction first = transaction();
        first.says("first");
        Transaction second = transaction();
        second.says("second");
        Transaction third = transaction();
        third.says("third");
        Transaction fourth = transaction();
        fourth.says("fourth");
        fourth.commits();
        second.commits();
        assertThat(published()).isEmpty();

        first.commits();
        assertThat(published()).containsExactly("first", "second");
        assertThat(reader.waitsAtGap()).isTrue();
        third.commits();
        assertThat(published()).containsExactly("third", "fourth");
    }

    @Test
    void whoeverHasNotWrittenTheOutboxIsNotWaitedFor() throws SQLException {
        Transaction elsewhere = transaction();
        elsewhere.execute("create temporary table elsewhere as select 1");
        Transaction never = transaction();
        never.says("never");
        Transaction second = transaction();
        second.says("second");
        second.commits();
        never.rollsBack();
        assertThat(published()).containsExactly("second");
        elsewhere.rollsBack();
    }

    @Test
    void whoeverBeganToWriteAfterTheGapWasSeenIsNotWaitedFor() throws SQLException {
        Transaction never = transaction();
        never.says("never");
        Transaction second = transaction();
        second.says("second");
        second.commits();
        assertThat(published()).isEmpty();
        Transaction later = transaction();
        later.says("later");
        never.rollsBack();
        assertThat(published()).containsExactly("second");
        later.rollsBack();
    }

    @Test
    void aSavepointThatWasRolledBackIsNotWaitedForThoughItsTransactionRuns() throws SQLException {
        Transaction first = transaction();
        first.execute("savepoint attempt");
        first.says("never");
        first.execute("rollback to savepoint attempt");
        Transaction second = transaction();
        second.says("second");
        second.commits();
        assertThat(published()).containsExactly("second");
        first.says("third");
        first.commits();
        assertThat(published()).containsExactly("third");
    }

    @Test
    void aTransactionThatIsPreparedMeanwhileIsWaitedFor() throws SQLException {
        Transaction first = transaction();
        first.says("first");
        Transaction second = transaction();
        second.says("second");
        second.commits();
        assertThat(published()).isEmpty();
        first.execute("prepare transaction 'first'");
        first.commits();
        assertThat(published()).isEmpty();
        assertThat(published()).isEmpty();
        jdbc.execute("commit prepared 'first'");
        assertThat(published()).containsExactly("first", "second");
    }

    @Test
    void theRowsAreReadAgainOnlyWhenSomebodyHasEnded() throws SQLException {
        Transaction first = transaction();
        first.says("first");
        Transaction second = transaction();
        second.says("second");
        second.commits();
        assertThat(published()).isEmpty();
        int readsAtTheGap = reads;
        for (int look = 0; look < 100; look++) {
            assertThat(published()).isEmpty();
        }
        assertThat(reads).isEqualTo(readsAtTheGap);
        first.commits();
        assertThat(published()).containsExactly("first", "second");
        assertThat(reads).isEqualTo(readsAtTheGap + 1);
    }

    @Test
    void theOldestWriterHasAnAge() throws SQLException {
        var writers = new OutboxWriters(jdbc);
        Transaction elsewhere = transaction();
        elsewhere.ownsItsId();
        assertThat(writers.oldestAge()).isZero();
        Transaction writer = transaction();
        writer.says("first");
        writer.execute("select pg_sleep(0.05)");
        assertThat(writers.oldestAge()).isBetween(0.05, 30.0);
        elsewhere.rollsBack();
        writer.rollsBack();
    }

    @Test
    void aSuccessorReadsOnFromTheMark() throws SQLException {
        Transaction one = transaction();
        one.says("a");
        one.says("b");
        one.commits();
        reader = readerFrom(1);
        assertThat(published()).containsExactly("b");
    }

    private OutboxReader readerFrom(long position) {
        var counting = new OutboxTable(jdbc) {
            @Override
            List<Stored> readAfter(long after, int limit) {
                reads++;
                return super.readAfter(after, limit);
            }
        };
        return new OutboxReader(counting, new OutboxWriters(jdbc), position);
    }

    private List<String> published() {
        return published(100);
    }

    private List<String> published(int atMost) {
        List<OutboxTable.Stored> rows = reader.next(atMost);
        if (!rows.isEmpty()) {
            reader.published(rows);
        }
        return rows.stream().map(row -> row.row().payload()).toList();
    }

    private Transaction transaction() throws SQLException {
        Connection connection = DATA_SOURCE.getConnection();
        connection.setAutoCommit(false);
        open.add(connection);
        return new Transaction(connection);
    }

    private record Transaction(Connection connection) {

        void ownsItsId() throws SQLException {
            execute("select pg_current_xact_id()");
        }

        void says(String payload) throws SQLException {
            try (var statement = connection.prepareStatement("""
                    insert into outbox (message_id, topic, message_key, type, source, subject, logical_time,
                                        correlation_id, said_at, payload)
                    values (gen_random_uuid(), 'order.events', 'k', 't', '/s', 'order/1', 1, 'c', now(), ?)
                    """)) {
                statement.setString(1, payload);
                statement.executeUpdate();
            }
        }

        void commits() throws SQLException {
            connection.commit();
            connection.close();
        }

        void rollsBack() throws SQLException {
            connection.rollback();
            connection.close();
        }

        private void execute(String sql) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
