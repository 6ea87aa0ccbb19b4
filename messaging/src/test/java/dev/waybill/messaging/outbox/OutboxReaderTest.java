package dev.waybill.messaging.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.Connection;
import java.sql.ResultSet;
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
    void aGapWhoseTransactionIsLongOverIsPassedAtTheSecondLook() throws SQLException {
        jdbc.queryForObject("select setval('outbox_id_seq', 33)", Long.class);
        Transaction afterCrash = transaction();
        afterCrash.says("after the crash");
        afterCrash.commits();
        assertThat(published()).isEmpty();
        assertThat(published()).containsExactly("after the crash");
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

    /**
     * Why the reader does not note the snapshot's xmax: that is one more than the latest transaction that has ended, and a
     * younger one that runs may have drawn the id that is missing. A reader that noted it would take the gap for dead while
     * it runs, and lose the row. Tried more than once, as a transaction of somebody else that ends meanwhile hides it.
     */
    @Test
    void aFenceAtTheSnapshotsXmaxWouldPassAGapThatStillFills() throws SQLException {
        boolean passed = false;
        for (int attempt = 0; attempt < 50 && !passed; attempt++) {
            Transaction younger = committedAheadOfAYoungerOne();
            long xmax = number("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
            number("select pg_current_xact_id()::text::bigint");
            passed = number("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint") >= xmax;
            younger.commits();
        }
        assertThat(passed).isTrue();
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
    void aTransactionOwnsItsIdBeforeItDrawsFromTheSequence() throws SQLException {
        Transaction fresh = transaction();
        assertThat(fresh.idIfAny()).isNull();
        fresh.drawsAnId();
        assertThat(fresh.idIfAny()).isNotNull();
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
        return new OutboxReader(jdbc, new OutboxTable(jdbc), position);
    }

    private List<String> published() {
        List<OutboxTable.Stored> rows = reader.next(100);
        if (!rows.isEmpty()) {
            reader.published(rows);
        }
        return rows.stream().map(row -> row.row().payload()).toList();
    }

    private long number(String sql) {
        return jdbc.query(sql, (row, n) -> row.getLong(1)).getFirst();
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

        void drawsAnId() throws SQLException {
            execute("select outbox_next_id()");
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

        @Nullable String idIfAny() throws SQLException {
            try (var statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select pg_current_xact_id_if_assigned()::text")) {
                row.next();
                return row.getString(1);
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
