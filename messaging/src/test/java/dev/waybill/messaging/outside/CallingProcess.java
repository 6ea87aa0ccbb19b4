package dev.waybill.messaging.outside;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.events.OrderId;
import dev.waybill.testing.TestServers.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A process of a service that makes calls to the outside: a pool of its own to the common database, and a worker. */
final class CallingProcess implements AutoCloseable {

    static final OutsideCallSettings QUICK = new OutsideCallSettings(
            8,
            Duration.ofSeconds(20),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(5));

    final JdbcTemplate jdbc;
    final TransactionTemplate transaction;
    final OutsideCalls calls;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final HikariDataSource dataSource;
    private final OutsideCallWorker worker;

    private CallingProcess(Database database, OutsideCallSettings settings, OutsideCall<?>... kinds) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(database.url());
        pool.setMaximumPoolSize(10);
        this.dataSource = new HikariDataSource(pool);
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        var table = new OutsideCallTable(jdbc);
        var recorder = new OutcomeRecorder(table, transaction, settings, meters);
        Map<String, OutsideCall<?>> byKind = Arrays.stream(kinds)
                .collect(Collectors.toMap(OutsideCall::kind, Function.identity()));
        this.worker = new OutsideCallWorker(table, recorder, () -> byKind, settings, ObservationRegistry.create());
        this.calls = new RequestedCalls(table, worker, settings);
    }

    static CallingProcess running(Database database, OutsideCallSettings settings, OutsideCall<?>... kinds) {
        CallingProcess process = dead(database, settings, kinds);
        process.start();
        return process;
    }

    void start() {
        worker.start();
    }

    /** Can request calls, and never makes one. */
    static CallingProcess dead(Database database, OutsideCallSettings settings, OutsideCall<?>... kinds) {
        return new CallingProcess(database, settings, kinds);
    }

    /** Requests calls of these kinds in one transaction. */
    void request(OrderId orderId, String... kinds) {
        transaction.executeWithoutResult(status -> {
            for (String kind : kinds) {
                calls.request(kind, orderId);
            }
        });
    }

    long open() {
        Long open = jdbc.queryForObject("select count(*) from outside_call", Long.class);
        return open == null ? 0 : open;
    }

    UUID keyOf(OrderId orderId) {
        UUID key = jdbc.queryForObject("select id from outside_call where order_id = ?", UUID.class, orderId.value());
        if (key == null) {
            throw new AssertionError("No call is open for " + orderId);
        }
        return key;
    }

    @Override
    public void close() {
        worker.stop();
        dataSource.close();
    }
}
