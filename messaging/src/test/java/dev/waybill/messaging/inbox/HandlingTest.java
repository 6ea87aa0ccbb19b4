package dev.waybill.messaging.inbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.events.Envelope;
import dev.waybill.events.Envelope.Header;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderId;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.messaging.MessageJson;
import dev.waybill.messaging.Subscription;
import dev.waybill.testing.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of the records of a poll. */
class HandlingTest {

    private static final HikariDataSource DATA_SOURCE = new HikariDataSource();
    private static final OrderId ALICE = new OrderId(Ids.next());
    private static final OrderId BOB = new OrderId(Ids.next());

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final JdbcTemplate jdbc = new JdbcTemplate(DATA_SOURCE);
    private final List<OrderId> handled = new ArrayList<>();
    private final Map<OrderId, RuntimeException> poison = new HashMap<>();
    private int batches;
    private long offset;

    @BeforeAll
    static void connect() {
        DATA_SOURCE.setJdbcUrl(TestServers.freshDatabase("handling").url());
        Flyway.configure().dataSource(DATA_SOURCE).locations("classpath:db/messaging").load().migrate();
        new JdbcTemplate(DATA_SOURCE).execute("create table effect (order_id text not null)");
    }

    @AfterAll
    static void disconnect() {
        DATA_SOURCE.close();
    }

    @BeforeEach
    void begin() {
        jdbc.execute("truncate inbox, parked_message, blocked_key, effect");
    }

    @Test
    void aPollIsHandledInItsOrderInOneTransaction() {
        handling().handle(List.of(confirm(ALICE), confirm(BOB), confirm(ALICE)));
        assertThat(handled).containsExactly(ALICE, BOB, ALICE);
        assertThat(effects()).containsExactlyInAnyOrder(ALICE, BOB, ALICE);
        assertThat(batches).isEqualTo(1);
    }

    @Test
    void aMessageThatComesAgainHasNoSecondEffect() {
        var message = confirm(ALICE);
        handling().handle(List.of(message));
        handling().handle(List.of(message, confirm(BOB)));
        handling().handle(List.of(message, message));
        assertThat(effects()).containsExactlyInAnyOrder(ALICE, BOB);
        assertThat(count("inbox_duplicates")).isEqualTo(3);
    }

    @Test
    void theSameMessageTwiceInOnePollHasOneEffect() {
        var message = confirm(ALICE);
        handling().handle(List.of(message, message));
        assertThat(effects()).containsExactly(ALICE);
    }

    @Test
    void aMessageWhoseHandlerThrowsIsParkedAndTheOthersAreHandled() {
        poison.put(ALICE, new IllegalStateException("no such order"));
        handling().handle(List.of(confirm(BOB), confirm(ALICE), confirm(BOB)));
        assertThat(effects()).containsExactly(BOB, BOB);
        assertThat(parked()).containsExactly("PARKED " + ALICE + " no such order 3");
        assertThat(count("messages_parked_total")).isEqualTo(1);
    }

    @Test
    void laterMessagesOfAParkedKeyWaitBehindItAndOtherKeysFlowOn() {
        poison.put(ALICE, new IllegalStateException("no such order"));
        handling().handle(List.of(confirm(ALICE)));
        poison.clear();
        handling().handle(List.of(confirm(ALICE), confirm(BOB), confirm(ALICE)));
        assertThat(effects()).containsExactly(BOB);
        assertThat(parked()).containsExactly(
                "PARKED " + ALICE + " no such order 3",
                "WAITING_BEHIND " + ALICE + " null 0",
                "WAITING_BEHIND " + ALICE + " null 0");
    }

    @Test
    void laterMessagesOfTheSamePollWaitBehindTheOneThatIsParked() {
        handling().handle(List.of(record(ALICE, "{", Map.of()), confirm(ALICE), confirm(BOB)));
        assertThat(effects()).containsExactly(BOB);
        assertThat(parked()).hasSize(2);
        assertThat(parked().getLast()).startsWith("WAITING_BEHIND");
    }

    @Test
    void aParkedMessageThatComesAgainIsADuplicate() {
        poison.put(ALICE, new IllegalStateException("no such order"));
        var message = confirm(ALICE);
        handling().handle(List.of(message));
        handling().handle(List.of(message));
        assertThat(parked()).hasSize(1);
    }

    @Test
    void aTransientFaultIsThrownAndNothingIsSkipped() {
        poison.put(BOB, new CannotAcquireLockException("deadlock"));
        var poll = List.of(confirm(ALICE), confirm(BOB));
        assertThatThrownBy(() -> handling().handle(poll)).isInstanceOf(CannotAcquireLockException.class);
        assertThat(effects()).isEmpty();
        assertThat(parked()).isEmpty();

        poison.clear();
        handling().handle(poll);
        assertThat(effects()).containsExactlyInAnyOrder(ALICE, BOB);
    }

    @Test
    void bytesThatAreNoJsonAreParked() {
        handling().handle(List.of(record(ALICE, "no json", Map.of())));
        assertThat(parked()).singleElement().asString().startsWith("PARKED " + ALICE);
    }

    @Test
    void aPayloadThatBreaksARuleOfItsValuesIsParked() {
        handling().handle(List.of(record(ALICE, "{\"orderId\": \"no-uuid\"}", Map.of())));
        assertThat(parked()).hasSize(1);
    }

    @Test
    void aMessageWithoutPayloadIsParked() {
        handling().handle(List.of(record(ALICE, null, Map.of())));
        assertThat(parked()).singleElement().asString().contains("no payload");
    }

    @Test
    void aMessageWithoutAReadableIdIsParkedUnderItsPlaceOnTheTopic() {
        var noId = record(ALICE, MessageJson.write(new ConfirmOrder(ALICE)), Map.of(Header.ID, "garbage"));
        handling().handle(List.of(noId));
        handling().handle(List.of(noId));
        assertThat(parked()).singleElement().asString().contains(Header.ID);
    }

    @Test
    void aMessageUnderAWrongKeyIsParked() {
        handling().handle(List.of(record(BOB, MessageJson.write(new ConfirmOrder(ALICE)), Map.of())));
        assertThat(parked()).singleElement().asString().startsWith("PARKED " + BOB + " The key is");
    }

    @Test
    void anUnknownTypeIsParkedOnACommandTopic() {
        handling().handle(List.of(record(ALICE, "{}", Map.of(Header.TYPE, "dev.waybill.order.explode.v1"))));
        assertThat(parked()).singleElement().asString().contains("dev.waybill.order.explode.v1");
    }

    @Test
    void anUnknownTypeIsPassedOverAndCountedOnAnEventTopic() {
        handling().handle(List.of(eventRecord("dev.waybill.order.teleported.v1", "{}")));
        assertThat(parked()).isEmpty();
        assertThat(count("messages_unknown_type")).isEqualTo(1);
    }

    @Test
    void aKnownCommandWithoutHandlerIsParked() {
        handling().handle(List.of(record(ALICE, "{}", Map.of(Header.TYPE, "dev.waybill.payment.void.v1"))));
        assertThat(parked()).singleElement().asString().contains("dev.waybill.payment.void.v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0b", "LONG"})
    void aKeyThatCannotBeStoredIsParkedUnderAnother(String key) {
        String odd = key.equals("LONG") ? randomText(20_000) : key;
        var template = confirm(ALICE);
        var record = new ConsumerRecord<>(template.topic(), 0, offset++, odd, template.value());
        template.headers().forEach(record.headers()::add);
        handling().handle(List.of(record, confirm(BOB)));
        assertThat(effects()).containsExactly(BOB);
        assertThat(parked()).singleElement().asString().startsWith("PARKED key-");
    }

    @Test
    void aConnectionThatBreaksWhileAMessageIsHandledIsATransientFault() {
        var poll = List.of(confirm(ALICE));
        Handling breaking = handling(_ -> jdbc.execute("select pg_terminate_backend(pg_backend_pid())"));
        assertThatThrownBy(() -> breaking.handle(poll)).isInstanceOf(RuntimeException.class);
        assertThat(parked()).isEmpty();
        handling().handle(poll);
        assertThat(effects()).containsExactly(ALICE);
    }

    @Test
    void whatIsRolledBackIsNotCounted() {
        poison.put(BOB, new IllegalStateException("no such order"));
        handling().handle(List.of(record(ALICE, "{", Map.of()), confirm(BOB)));
        assertThat(count("messages_parked_total")).isEqualTo(2);
    }

    @Test
    void aKnownTypeWithoutHandlerIsPassedOver() {
        handling().handle(List
                .of(eventRecord("dev.waybill.order.confirmed.v1", MessageJson.write(new OrderConfirmed(ALICE)))));
        assertThat(parked()).isEmpty();
        assertThat(jdbc.queryForObject("select count(*) from inbox", Long.class)).isZero();
    }

    @Test
    void theHandlerKnowsTheMessageThatItHandles() {
        List<MessageId> ids = new ArrayList<>();
        handling(message -> MessageContext.current().map(MessageContext::id).ifPresent(ids::add))
                .handle(List.of(confirm(ALICE), confirm(BOB)));
        assertThat(ids).hasSize(2).doesNotHaveDuplicates();
        assertThat(MessageContext.current()).isEmpty();
    }

    private Handling handling() {
        return handling(this::takeEffect);
    }

    private Handling handling(Consumer<ConfirmOrder> handler) {
        Subscription subscription = Subscription.named("test").on(ConfirmOrder.class, handler)
                .prefetching(_ -> batches++).build();
        return new Handling(
                subscription,
                new Inbox(jdbc),
                new ParkedMessages(jdbc),
                new TransactionTemplate(new JdbcTransactionManager(DATA_SOURCE)),
                3,
                metrics);
    }

    private void takeEffect(ConfirmOrder command) {
        handled.add(command.orderId());
        jdbc.update("insert into effect values (?)", command.orderId().toString());
        if (poison.containsKey(command.orderId())) {
            throw poison.get(command.orderId());
        }
    }

    private List<OrderId> effects() {
        return jdbc.query("select order_id from effect", (row, n) -> OrderId.parse(row.getString(1)));
    }

    private List<String> parked() {
        return jdbc.query("""
                select concat_ws(' ', state, message_key, coalesce(reason, 'null'), attempts) from parked_message
                order by position
                """, (row, n) -> row.getString(1));
    }

    /** Which an index cannot hold, as it does not compress. */
    private static String randomText(int length) {
        var random = new Random(1);
        return random.ints(length, 'a', 'z').collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }

    private double count(String metric) {
        return metrics.counter(metric, "subscription", "test").count();
    }

    private ConsumerRecord<String, byte[]> confirm(OrderId orderId) {
        return record(orderId, MessageJson.write(new ConfirmOrder(orderId)), Map.of());
    }

    private ConsumerRecord<String, byte[]> eventRecord(String type, String payload) {
        return record(Topic.ORDER_EVENTS, ALICE, payload, Map.of(Header.TYPE, type));
    }

    private ConsumerRecord<String, byte[]> record(
            OrderId key, @Nullable String payload, Map<String, String> otherHeaders) {
        return record(Topic.ORDER_COMMANDS, key, payload, otherHeaders);
    }

    private ConsumerRecord<String, byte[]> record(
            Topic topic, OrderId key, @Nullable String payload, Map<String, String> otherHeaders) {
        var envelope = new Envelope(Ids.nextMessageId(), "/saga", MessageTypes.nameOf(ConfirmOrder.class),
                "order/" + key, Instant.now(), key.toString(), null, 1, key.toString(), null, null, null);
        Map<String, String> headers = new HashMap<>(envelope.toHeaders());
        headers.putAll(otherHeaders);
        @SuppressWarnings("NullAway") // a record's value may be null, whatever its type says
        var record = new ConsumerRecord<String, byte[]>(topic.topicName(), 0, offset++, key.toString(),
                payload == null ? null : payload.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
