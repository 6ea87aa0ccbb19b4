package dev.waybill.messaging.outbox;

import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What transactions that last do to publication: those elsewhere nothing, those that have written the outbox can be seen. */
class LongTransactionTest {

    private static final Logger LOG = LoggerFactory.getLogger(LongTransactionTest.class);

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void lookOften() {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    @Test
    void whatRunsElsewhereInTheClusterDoesNotHoldPublicationUp() throws SQLException {
        var service = publishing(SpeakingService.inOrder());
        var watcher = watching(service);
        OrderId aggregate = service.aggregates(1).getFirst();
        try (Connection _ = writingElsewhere()) {
            List<Long> millis = new ArrayList<>();
            for (int n = 0; n < 30; n++) {
                leaveAGap(service);
                long began = System.nanoTime();
                MessageId message = service.commitChange(aggregate);
                await().until(() -> watcher.hasHeard(message));
                millis.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
            }
            millis.sort(null);
            LOG.info(
                    "Beside a long transaction elsewhere, behind a gap: {} ms from commit to topic in the median, {} at most",
                    millis.get(millis.size() / 2), millis.getLast());
        }
    }

    @Test
    void aFenceOfTransactionIdsWouldWaitForWhateverRunsElsewhereInTheCluster() throws SQLException {
        var service = publishing(jdbc -> position -> new TransactionIdFenceRows(jdbc, position));
        var watcher = watching(service);
        OrderId aggregate = service.aggregates(1).getFirst();
        MessageId message;
        try (Connection _ = writingElsewhere()) {
            leaveAGap(service);
            message = service.commitChange(aggregate);
            await().during(Duration.ofSeconds(1)).until(() -> !watcher.hasHeard(message));
        }
        await().until(() -> watcher.hasHeard(message));
    }

    @Test
    void aWriterThatHoldsPublicationUpCanBeSeen() {
        var service = publishing(SpeakingService.inOrder());
        var watcher = watching(service);
        List<OrderId> aggregates = service.aggregates(2);
        var metrics = new SimpleMeterRegistry();
        new OutboxMetrics(new OutboxProgress(service.jdbc), service.writers, service.relay).bindTo(metrics);
        var drawn = new CountDownLatch(1);
        CompletableFuture<MessageId> slow = CompletableFuture.supplyAsync(() -> service.transaction.execute(_ -> {
            MessageId message = service.change(aggregates.getFirst());
            service.afterTheInsert(drawn::countDown);
            service.afterTheInsert(() -> service.sleep(Duration.ofSeconds(2)));
            return message;
        }));
        await().until(() -> drawn.getCount() == 0);
        MessageId held = service.commitChange(aggregates.getLast());

        await().until(() -> value(metrics, "outbox_gap_age_seconds") > 0.5);
        assertThat(value(metrics, "outbox_oldest_writer_age_seconds")).isGreaterThan(0.5);
        assertThat(watcher.hasHeard(held)).isFalse();
        MessageId first = slow.join();
        await().until(() -> watcher.hasHeard(held));
        assertThat(watcher.heard()).extracting(TopicWatcher.Heard::id).contains(first);
        await().until(() -> value(metrics, "outbox_gap_age_seconds") == 0);
        assertThat(value(metrics, "outbox_oldest_writer_age_seconds")).isZero();
    }

    private static double value(SimpleMeterRegistry metrics, String name) {
        return metrics.get(name).gauge().value();
    }

    private SpeakingService publishing(Function<JdbcTemplate, Function<Long, UnpublishedRows>> rows) {
        var service = new SpeakingService(
                "/long/" + Ids.next(), TestServers.freshDatabase("long").url(), SpeakingService.RELAY, rows,
                SpeakingService.toKafka(TestServers.bootstrapServers(), SpeakingService.RELAY));
        open.add(service.withSchema());
        service.relay.start();
        return service;
    }

    private TopicWatcher watching(SpeakingService service) {
        var watcher = new TopicWatcher(TestServers.bootstrapServers(), service.source, service.jdbc);
        open.add(watcher);
        return watcher;
    }

    /** Draws an id that nobody will ever have. */
    private static void leaveAGap(SpeakingService service) {
        service.transaction.executeWithoutResult(status -> {
            service.jdbc.query("select outbox_next_id()", row -> {});
            status.setRollbackOnly();
        });
    }

    /** A transaction that has written another database of the cluster, and runs until it is closed. */
    private static Connection writingElsewhere() throws SQLException {
        Connection connection = TestServers.freshDatabase("elsewhere").connect();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("create table written as select 1");
        }
        return connection;
    }
}
