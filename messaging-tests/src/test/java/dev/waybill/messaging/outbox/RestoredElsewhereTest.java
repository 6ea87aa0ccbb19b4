package dev.waybill.messaging.outbox;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.testing.TestServers;
import dev.waybill.testing.TestServers.Cluster;
import dev.waybill.testing.TestServers.Database;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A database that is dumped while rows are unpublished and the relay waits at a gap, and restored into a cluster where
 * transaction ids begin again: the relay there goes on from the mark, loses nothing, keeps the order and does not wait for ids
 * that will not be reached for long. The tables go over as {@code pg_dump} would take them, in one snapshot, by COPY.
 */
class RestoredElsewhereTest {

    @BeforeAll
    static void lookOften() {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }

    @Test
    void theRelayGoesOnInAClusterWhereTransactionIdsBeginAgain() throws Exception {
        Database before = TestServers.freshDatabase("before_restore");
        try (Cluster cluster = TestServers.freshCluster();
                var service = SpeakingService.ofItsOwn(before.url()).withSchema();
                var watcher = new TopicWatcher(TestServers.bootstrapServers(), service.source, service.jdbc)) {
            Database after = cluster.freshDatabase("after_restore");
            List<OrderId> aggregates = service.aggregates(6);
            service.relay.start();
            var writers = new RandomWriters(service, aggregates, RandomWriters.anySeed());
            writers.run(6, 15);
            useUpTransactionIds(service, after);

            var restored = new SpeakingService(service.source, after.url(), SpeakingService.RELAY,
                    SpeakingService.inOrder(),
                    SpeakingService.toKafka(TestServers.bootstrapServers(), SpeakingService.RELAY));
            try (restored) {
                restored.withSchema();
                MessageId unpublished = dumpAtAGap(service, before, after);
                assertThat(watcher.hasHeard(unpublished)).isFalse();

                watcher.lookIn(restored.jdbc);
                restored.relay.start();
                await().until(() -> watcher.hasHeard(unpublished));
                writers.in(restored).run(6, 15);
                MessageId prompt = restored.commitChange(aggregates.getFirst());
                await().atMost(Duration.ofSeconds(2)).until(() -> watcher.hasHeard(prompt));
                watcher.hearAll(restored);
                assertThat(OnTheTopic.judged(restored, watcher, writers)).isEqualTo(OnTheTopic.ALL_IS_WELL);
            }
        }
    }

    /** Whoever compares transaction ids of here with those of there finds them far ahead. */
    private static void useUpTransactionIds(SpeakingService service, Database after) {
        var there = new JdbcTemplate(new SingleConnectionDataSource(after.url(), true));
        long reached = transactionId(there);
        service.jdbc.execute("""
                do $$ begin for n in 1..3000 loop perform pg_current_xact_id(); commit; end loop; end $$
                """);
        assertThat(transactionId(service.jdbc)).isGreaterThan(reached + 2000);
    }

    /** Answers a message that is committed and could not be published yet. */
    private static MessageId dumpAtAGap(SpeakingService service, Database before, Database after) throws Exception {
        List<OrderId> two = service.aggregates(2);
        var drawn = new CountDownLatch(1);
        var dumped = new CountDownLatch(1);
        CompletableFuture<Void> never = CompletableFuture.runAsync(
                () -> service.transaction.executeWithoutResult(status -> {
                    service.change(two.getFirst());
                    service.afterTheInsert(() -> {
                        drawn.countDown();
                        await().until(() -> dumped.getCount() == 0);
                        throw new IllegalStateException("the cluster is gone");
                    });
                }));
        await().until(() -> drawn.getCount() == 0);
        MessageId behindTheGap = service.commitChange(two.getLast());
        await().until(() -> service.relay.atGapFor().isPositive());
        copy(before, after);
        service.relay.stop();
        dumped.countDown();
        assertThat(never).failsWithin(Duration.ofSeconds(10));
        return behindTheGap;
    }

    private static void copy(Database before, Database after) throws SQLException, IOException {
        try (Connection from = before.connect(); Connection to = after.connect()) {
            from.setAutoCommit(false);
            from.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var source = new JdbcTemplate(new SingleConnectionDataSource(from, true));
            var target = new JdbcTemplate(new SingleConnectionDataSource(to, true));
            CopyManager out = from.unwrap(PGConnection.class).getCopyAPI();
            CopyManager in = to.unwrap(PGConnection.class).getCopyAPI();
            for (String table : List.of("outbox", "outbox_relay", "counted")) {
                var rows = new ByteArrayOutputStream();
                out.copyOut("copy (select * from %s) to stdout".formatted(table), rows);
                target.execute("truncate " + table);
                in.copyIn("copy %s from stdin".formatted(table), new ByteArrayInputStream(rows.toByteArray()));
            }
            Long drawn = source.queryForObject("select last_value from outbox_id_seq", Long.class);
            target.queryForObject("select setval('outbox_id_seq', ?)", Long.class, drawn);
        }
    }

    private static long transactionId(JdbcTemplate jdbc) {
        return jdbc.query("select pg_current_xact_id()::text::bigint", (row, n) -> row.getLong(1)).getFirst();
    }
}
