package dev.waybill.messaging.retention;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.testing.TestServers;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** An outbox with much in it gets its index by key from whoever looks after the partitions, while it is written. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IndexByKeyTest {

    private static final String SAY = """
            insert into outbox (message_id, topic, message_key, type, source, subject, logical_time, correlation_id, said_at, payload)
            select gen_random_uuid(), 't', md5(n::text), 't', '/s', 'order/1', 1, 'c', now(), repeat('p', 1500)
            from generate_series(1, ?) n
            """;

    private final HikariDataSource dataSource = new HikariDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    private final Partitions partitions = new Partitions(jdbc);
    private final ExecutorService others = Executors.newCachedThreadPool();

    @BeforeEach
    void anOutboxFromBeforeTheIndex() {
        dataSource.setJdbcUrl(TestServers.freshDatabase("index_by_key").url());
        flyway().target("5").load().migrate();
        jdbc.update(SAY, 36_000);
        flyway().load().migrate();
    }

    @AfterEach
    void disconnect() {
        others.shutdownNow();
        dataSource.close();
    }

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(dataSource).locations("classpath:db/messaging");
    }

    @Test
    void theMigrationMakesItWhereThatIsDoneAtOnceAndLeavesOutALargePartition() {
        assertThat(partitionsWithIndex()).containsExactly("outbox_default");
        jdbc.execute("select make_outbox_partition(10000000, 4, 67108864)");

        assertThat(partitionsWithIndex()).as("one that is made while another has none yet").hasSize(2);
    }

    @Test
    void writersGoOnWhileALargeOneIsMade() throws Exception {
        try (Connection writer = writing()) {
            Future<Optional<String>> indexing = others.submit(partitions::indexByKey);
            await().until(() -> indexer() != null);
            Future<?> another = others.submit((Callable<Integer>) () -> jdbc.update(SAY, 1));
            await().until(another::isDone);
            assertThat(partitions.indexByKey()).as("what another replica does").isEmpty();
            assertThat(indexing).isNotDone();
            writer.commit();

            assertThat(indexing.get()).contains("outbox_before");
        }
        assertThat(partitionsWithIndex()).containsExactlyInAnyOrder("outbox_before", "outbox_default");
        assertThat(isValid("outbox_by_key")).isTrue();
        assertThat(partitions.indexByKey()).isEmpty();
    }

    @Test
    void oneThatWasCutOffIsMadeAnew() throws Exception {
        try (Connection writer = writing()) {
            Future<Optional<String>> indexing = others.submit(partitions::indexByKey);
            await().until(() -> indexer() != null);
            jdbc.queryForList("select pg_terminate_backend(?)", indexer());
            assertThatThrownBy(indexing::get).hasMessageContaining("terminating connection");
            writer.commit();
        }
        assertThat(isValid("outbox_before_by_key")).isFalse();

        assertThat(partitions.indexByKey()).contains("outbox_before");
        assertThat(isValid("outbox_by_key")).isTrue();
    }

    @SuppressWarnings("resource") // closed by who asks for it
    private Connection writing() throws SQLException {
        Connection writer = dataSource.getConnection();
        writer.setAutoCommit(false);
        try (Statement statement = writer.createStatement()) {
            statement.execute(SAY.replace("?", "1"));
        }
        return writer;
    }

    /** Once it waits for the writers that were there before it. */
    private @Nullable Integer indexer() {
        return jdbc.queryForList("""
                select pid from pg_stat_activity
                where datname = current_database() and query like 'create index%' and wait_event_type = 'Lock'
                """, Integer.class).stream().findFirst().orElse(null);
    }

    private boolean isValid(String index) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select indisvalid from pg_index where indexrelid = ?::regclass", Boolean.class, index));
    }

    private List<@Nullable String> partitionsWithIndex() {
        return jdbc.queryForList("""
                select i.indrelid::regclass::text from pg_inherits join pg_index i on i.indexrelid = inhrelid
                where inhparent = 'outbox_by_key'::regclass order by 1
                """, String.class);
    }
}
