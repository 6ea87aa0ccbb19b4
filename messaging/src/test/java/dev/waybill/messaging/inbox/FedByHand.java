package dev.waybill.messaging.inbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.events.Command;
import dev.waybill.events.Envelope;
import dev.waybill.events.Envelope.Header;
import dev.waybill.events.Event;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderId;
import dev.waybill.events.SagaId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Aggregate;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.MessageSpans;
import dev.waybill.messaging.Outbox;
import dev.waybill.messaging.Subscription;
import dev.waybill.testing.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A subscription on a real database, fed by hand. What it handles leaves an effect, unless the order is poisoned. */
abstract class FedByHand {

    static final OrderId ALICE = new OrderId(Ids.next());
    static final OrderId BOB = new OrderId(Ids.next());

    private static HikariDataSource dataSource = new HikariDataSource();

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final JdbcTemplate jdbc = new JdbcTemplate(dataSource);
    final Map<OrderId, RuntimeException> poison = new ConcurrentHashMap<>();
    final List<Note> notes = Collections.synchronizedList(new ArrayList<>());
    final ParkedMessages parkedMessages = new ParkedMessages(jdbc, new ParkedCommandNotes(new Notes(), "/test"));
    final ParkedActs acts = new ParkedActs(JdbcClient.create(jdbc));
    final ParkedQueues queues = new ParkedQueues(JdbcClient.create(jdbc), parkedMessages);
    int batches;
    private long offset;

    /** What was said to sagas, and as the cause of what. */
    record Note(String subject, Event event, @Nullable SagaId saga) {}

    private final class Notes implements Outbox {

        @Override
        public MessageId append(Aggregate aggregate, Event event) {
            SagaId saga = MessageContext.current().map(MessageContext::sagaId).orElse(null);
            notes.add(new Note(aggregate.subject(), event, saga));
            return Ids.nextMessageId();
        }

        @Override
        public void send(Aggregate sender, SagaId sagaId, MessageId id, Command<?> command) {
            throw new UnsupportedOperationException("Nobody sends commands here");
        }
    }

    @BeforeAll
    static void connect() {
        dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(TestServers.freshDatabase("inbox").url());
        Flyway.configure().dataSource(dataSource).locations("classpath:db/messaging").load().migrate();
        new JdbcTemplate(dataSource).execute("""
                create table effect (n bigint generated always as identity, order_id text not null, message_id uuid)
                """);
    }

    @AfterAll
    static void disconnect() {
        dataSource.close();
    }

    @BeforeEach
    void begin() {
        jdbc.execute("truncate inbox, parked_message, blocked_key, parked_act, effect");
    }

    static ParkingSettings settings(int tolerated, Duration replayFor) {
        return new ParkingSettings(Duration.ofMinutes(1), tolerated, 0.5, replayFor);
    }

    static Transactions transactions() {
        return new Transactions(new TransactionTemplate(new JdbcTransactionManager(dataSource)));
    }

    Handling handling() {
        return handling(this::takeEffect);
    }

    Handling handling(Consumer<ConfirmOrder> handler) {
        return handling(handler, new ParkingWatch("test", settings(1000, Duration.ofSeconds(20)), Clock.systemUTC()));
    }

    Handling handling(Consumer<ConfirmOrder> handler, ParkingWatch watch) {
        Subscription subscription = Subscription.named("test").on(ConfirmOrder.class, handler)
                .prefetching(_ -> batches++).build();
        return new Handling(subscription, new Inbox(jdbc), parkedMessages, watch, transactions(),
                MessageSpans.none(), 3, new HandlingMetrics(subscription, metrics, Clock.systemUTC()));
    }

    SeeingToParked seeing(Handling... handlings) {
        return seeing(Duration.ofSeconds(20), handlings);
    }

    SeeingToParked seeing(Duration replayFor, Handling... handlings) {
        var subscriptions = new RunningSubscriptions(List.of(handlings), acts);
        return new SeeingToParked(subscriptions, queues, acts, transactions(), replayFor, Clock.systemUTC());
    }

    void takeEffect(ConfirmOrder command) {
        jdbc.update("insert into effect (order_id, message_id) values (?, ?)", command.orderId().toString(),
                MessageContext.current().orElseThrow().id().value());
        RuntimeException fault = poison.get(command.orderId());
        if (fault != null) {
            throw fault;
        }
    }

    /** The orders of what was handled, in the order in which it was. */
    List<OrderId> effects() {
        return jdbc.query("select order_id from effect order by n", (row, n) -> OrderId.parse(row.getString(1)));
    }

    /** The messages that were handled for an order, in the order in which they were. */
    List<UUID> handledOf(OrderId order) {
        return jdbc.query("select message_id from effect where order_id = ? order by n",
                (row, n) -> row.getObject(1, UUID.class), order.toString());
    }

    List<String> parked() {
        return jdbc.query("""
                select concat_ws(' ', state, message_key, coalesce(reason, 'null'), attempts) from parked_message
                order by position
                """, (row, n) -> row.getString(1));
    }

    /** In the order in which they came. */
    List<ParkedMessage> queue() {
        return queues.list(new ParkedQueues.Filter(null, null, null), null, 1000, 1000).reversed();
    }

    long blockedKeys() {
        return JdbcClient.create(jdbc).sql("select count(*) from blocked_key").query(Long.class).single();
    }

    double count(String metric) {
        return metrics.counter(metric, "subscription", "test").count();
    }

    ConsumerRecord<String, byte[]> confirm(OrderId orderId) {
        return record(orderId, MessageJson.write(new ConfirmOrder(orderId)), Map.of());
    }

    ConsumerRecord<String, byte[]> garbage(OrderId orderId) {
        return record(orderId, "no json", Map.of());
    }

    static UUID idOf(ConsumerRecord<String, byte[]> record) {
        return UUID.fromString(String.valueOf(Received.header(record, Header.ID)));
    }

    ConsumerRecord<String, byte[]> eventRecord(String type, String payload) {
        return record(Topic.ORDER_EVENTS, ALICE, payload, Map.of(Header.TYPE, type));
    }

    ConsumerRecord<String, byte[]> record(OrderId key, @Nullable String payload, Map<String, String> otherHeaders) {
        return record(Topic.ORDER_COMMANDS, key, payload, otherHeaders);
    }

    /** An empty text takes the header away. */
    ConsumerRecord<String, byte[]> record(
            Topic topic, OrderId key, @Nullable String payload, Map<String, String> otherHeaders) {
        var envelope = new Envelope(Ids.nextMessageId(), "/saga", MessageTypes.nameOf(ConfirmOrder.class),
                "order/" + key, Instant.now(), key.toString(), null, 1, key.toString(), null, null, null);
        Map<String, String> headers = new HashMap<>(envelope.toHeaders());
        headers.putAll(otherHeaders);
        headers.values().removeIf(String::isEmpty);
        @SuppressWarnings("NullAway") // a record's value may be null, whatever its type says
        var record = new ConsumerRecord<String, byte[]>(topic.topicName(), 0, offset++, key.toString(),
                payload == null ? null : payload.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
