package dev.waybill.messaging.outbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderId;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.EventCounter;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageSpans;
import dev.waybill.messaging.MessagingSettings;
import dev.waybill.messaging.Outbox;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.flywaydb.core.Flyway;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A service with an outbox and a relay to the real broker, and aggregates that do nothing but count what they say. Each
 * change locks its aggregate's row and takes its counter, so the counter is the truth about the order of the changes.
 */
final class SpeakingService implements AutoCloseable {

    static final MessagingSettings.Relay RELAY = new MessagingSettings.Relay(
            100, Duration.ofSeconds(3), Duration.ofMillis(20));

    final String source;
    final JdbcTemplate jdbc;
    final OutboxWriters writers;
    final TransactionTemplate transaction;
    final TransactionTemplate nested;
    final Relay relay;

    private final HikariDataSource dataSource;
    private final Outbox outbox;

    /**
     * @param rows what its relay publishes, and in which order
     * @param publisher where to
     */
    SpeakingService(
            String source,
            String databaseUrl,
            MessagingSettings.Relay settings,
            Function<JdbcTemplate, Function<Long, UnpublishedRows>> rows,
            TopicPublisher publisher) {
        this.source = source;
        var pool = new HikariConfig();
        pool.setJdbcUrl(databaseUrl);
        pool.setMaximumPoolSize(30);
        pool.setMinimumIdle(2);
        this.dataSource = new HikariDataSource(pool);
        this.jdbc = new JdbcTemplate(dataSource);
        this.writers = new OutboxWriters(jdbc);
        var manager = new JdbcTransactionManager(dataSource);
        this.transaction = new TransactionTemplate(manager);
        this.nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.relay = new Relay(
                settings,
                new RelayLease(jdbc, "process " + ProcessHandle.current().pid(), settings.lease()),
                rows.apply(jdbc)::apply,
                publisher,
                () -> true);
        this.outbox = new TransactionalOutbox(source, Clock.systemUTC(), () -> null,
                () -> new AppendBeforeCommit(() -> {}, new OutboxTable(jdbc), relay::wakeUp));
    }

    /** One as the product has it, that nobody else listens to. */
    static SpeakingService ofItsOwn(String databaseUrl) {
        return new SpeakingService("/speaking/" + Ids.next(), databaseUrl, RELAY, inOrder(),
                toKafka(TestServers.bootstrapServers(), RELAY));
    }

    /** As the product reads it. */
    static Function<JdbcTemplate, Function<Long, UnpublishedRows>> inOrder() {
        return jdbc -> position -> new OutboxReader(new OutboxTable(jdbc), new OutboxWriters(jdbc), position);
    }

    /** As the product sends it. */
    static TopicPublisher toKafka(String bootstrapServers, MessagingSettings.Relay settings) {
        return new TopicPublisher(
                () -> new KafkaProducer<>(
                        producerSettings(bootstrapServers, settings), new StringSerializer(),
                        new ByteArraySerializer()),
                settings.lease().dividedBy(3), MessageSpans.none());
    }

    static Map<String, Object> producerSettings(String bootstrapServers, MessagingSettings.Relay settings) {
        Map<String, Object> producer = new HashMap<>(TopicPublisher.PRODUCER_SETTINGS);
        producer.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.lease().dividedBy(2).toMillis());
        return producer;
    }

    SpeakingService withSchema() {
        Flyway.configure().dataSource(dataSource).locations("classpath:db/messaging").load().migrate();
        jdbc.execute("create table counted (id uuid primary key, said bigint not null)");
        return this;
    }

    /** Makes aggregates that have said nothing yet, sorted as they have to be locked. */
    List<OrderId> aggregates(int count) {
        List<OrderId> ids = Stream.generate(() -> new OrderId(Ids.next())).limit(count).toList();
        ids.forEach(id -> jdbc.update("insert into counted values (?, 0)", id.value()));
        return ids;
    }

    /** One change of an aggregate, in the running transaction. */
    MessageId change(OrderId id) {
        var aggregate = new Counted(id, jdbc.query("select said from counted where id = ? for update",
                (row, n) -> row.getLong(1), id.value()).getFirst());
        MessageId message = outbox.append(aggregate, new OrderConfirmed(id));
        jdbc.update("update counted set said = ? where id = ?", aggregate.events().sequence(), id.value());
        return message;
    }

    /** One change of an aggregate, in a transaction of its own. */
    MessageId commitChange(OrderId id) {
        MessageId message = transaction.execute(_ -> change(id));
        if (message == null) {
            throw new IllegalStateException("No message");
        }
        return message;
    }

    /** Has the running transaction do something when its rows are in the outbox and it has still to commit. */
    void afterTheInsert(Runnable something) {
        TransactionSynchronizationManager.registerSynchronization(new AfterTheInsert(something));
    }

    private record AfterTheInsert(Runnable something) implements TransactionSynchronization, Ordered {

        @Override
        public void beforeCommit(boolean readOnly) {
            something.run();
        }

        /** As the outbox; of two that are equal the one that was registered later comes later. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }
    }

    void sleep(Duration time) {
        jdbc.query("select pg_sleep(?)", row -> {}, time.toMillis() / 1000.0);
    }

    @Override
    public void close() {
        relay.stop();
        dataSource.close();
    }

    private static final class Counted implements Aggregate {

        private final UUID id;
        private final EventCounter events = new EventCounter();

        Counted(OrderId id, long said) {
            this.id = id.value();
            while (events.sequence() < said) {
                events.nextSequence();
            }
        }

        @Override
        public String subject() {
            return "order/" + id;
        }

        @Override
        public EventCounter events() {
            return events;
        }
    }
}
