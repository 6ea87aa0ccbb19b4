package dev.waybill.messaging.outbox;

import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.Subscription;
import dev.waybill.testing.TestServers;
import dev.waybill.testing.TestServers.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** A whole service that is started on a database, says things about orders, hears them, and is closed. */
final class RestorableService implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);
    /** With it, set to true, the service hears of deliveries. */
    static final String LISTENING = "restorable.listening";
    /** What any of them has handled, in this JVM; once for each time. */
    static final Queue<OrderId> HANDLED = new ConcurrentLinkedQueue<>();

    final ConfigurableApplicationContext context;
    final JdbcTemplate jdbc;

    private final TransactionTemplate transaction;
    private final Outbox outbox;

    /** Not annotated as a configuration, so that the other tests' application does not find it. */
    @EnableAutoConfiguration
    static class Application {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        @ConditionalOnProperty(LISTENING)
        Subscription deliveries() {
            return Subscription.named("deliveries").on(OrderDelivered.class, event -> HANDLED.add(event.orderId()))
                    .build();
        }
    }

    private RestorableService(ConfigurableApplicationContext context) {
        this.context = context;
        this.jdbc = context.getBean(JdbcTemplate.class);
        this.transaction = context.getBean(TransactionTemplate.class);
        this.outbox = context.getBean(Outbox.class);
    }

    /**
     * Starts it.
     *
     * @param name what it is called on the topics, and its groups
     * @param settings further ones, as {@code key=value}
     */
    static RestorableService start(String name, Database database, String bootstrapServers, String... settings) {
        String[] all = Stream.concat(
                Stream.of("spring.datasource.url=" + database.url(),
                        "spring.kafka.bootstrap-servers=" + bootstrapServers,
                        "waybill.messaging.source=/" + name, "waybill.messaging.group-prefix=" + name),
                Stream.of(settings)).map(setting -> "--" + setting).toArray(String[]::new);
        return new RestorableService(
                new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(all));
    }

    /** Orders that have said nothing yet. */
    List<OrderId> orders(int count) {
        List<OrderId> ids = Stream.generate(() -> new OrderId(Ids.next())).limit(count).toList();
        ids.forEach(id -> jdbc.update("insert into test_aggregate (id) values (?)", id.value()));
        return ids;
    }

    /** In a transaction for each; returns at once. */
    void say(List<OrderId> orders) {
        orders.forEach(order -> transaction.executeWithoutResult(_ -> {
            var counter = Objects.requireNonNull(jdbc.queryForObject(
                    "select event_sequence, logical_time from test_aggregate where id = ? for update",
                    (row, n) -> new EventCounter(row.getLong(1), row.getLong(2)), order.value()));
            outbox.append(new Counted("order/" + order, counter), new OrderConfirmed(order));
            jdbc.update("update test_aggregate set event_sequence = ?, logical_time = ? where id = ?",
                    counter.sequence(), counter.logicalTime(), order.value());
        }));
    }

    /** Returns when all of it is published. */
    void sayAndPublish(List<OrderId> orders) {
        say(orders);
        await().atMost(SOON).until(() -> backlog() == 0);
    }

    long backlog() {
        return number("select count(*) from outbox where id > (select position from outbox_relay)");
    }

    long number(String sql) {
        return Objects.requireNonNull(jdbc.queryForObject(sql, Long.class));
    }

    double forgotten() {
        return context.getBean(MeterRegistry.class).get("outbox_forgotten_messages").gauge().value();
    }

    RestoreCheck check() {
        return context.getBean(RestoreCheck.class);
    }

    /** A backup, and its restoration: the whole database as it is now, while nobody is connected to it. */
    static Database copyOf(Database original) throws SQLException {
        var copy = TestServers.freshDatabase("set_back");
        try (var connection = TestServers.freshDatabase("copying").connect();
                var statement = connection.createStatement()) {
            statement.execute("drop database " + nameOf(copy));
            statement.execute("create database %s template %s".formatted(nameOf(copy), nameOf(original)));
        }
        return copy;
    }

    private static String nameOf(Database database) {
        String path = database.url().substring(0, database.url().indexOf('?'));
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        context.close();
    }

    private record Counted(String subject, EventCounter events) implements Aggregate {}
}
