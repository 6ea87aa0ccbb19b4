package dev.waybill.inventory;

import dev.waybill.events.Envelope;
import dev.waybill.events.Event;
import dev.waybill.events.InventoryCommand;
import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.MessageTypes;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.RestockId;
import dev.waybill.events.SagaId;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageJson;
import dev.waybill.testing.Contracts;
import dev.waybill.testing.RealServers;
import dev.waybill.testing.SetBack;
import dev.waybill.testing.TestServers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole service between its topics, its database and its REST interface. */
@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@ContextConfiguration(initializers = RealServers.class)
class InventoryServiceTest {

    private static final List<ConsumerRecord<String, String>> SAID = new ArrayList<>();
    private static KafkaProducer<String, String> producer;
    private static KafkaConsumer<String, String> consumer;

    @Autowired
    private MockMvcTester web;
    @Autowired
    private ApplicationContext service;

    @BeforeAll
    static void connect() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestServers.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        TestServers.bootstrapServers(),
                        "group.id",
                        "inventory-test",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(Topic.INVENTORY_EVENTS.topicName()));
    }

    @AfterAll
    static void disconnect() {
        producer.close();
        consumer.close();
    }

    @Test
    void anOrdersStockIsReservedAndCommitted() {
        OrderId order = new OrderId(Ids.next());
        MessageId reserve = send(reserve(order, "GRINDER-02", 2));
        MessageId commit = send(new CommitStock(order));

        List<ConsumerRecord<String, String>> answers = answers(order, 2);

        assertThat(answers).extracting(InventoryServiceTest::type).containsExactly(
                "dev.waybill.inventory.stock-reserved.v1",
                "dev.waybill.inventory.stock-committed.v1");
        assertThat(answers).extracting(answer -> envelope(answer).causationId()).containsExactly(reserve, commit);
        assertThat(answers).extracting(answer -> envelope(answer).sequence()).containsExactly(1L, 2L);
        assertThat(answers).extracting(answer -> envelope(answer).subject()).containsOnly("reservation/" + order);
        assertThat(get("/stock/GRINDER-02")).hasStatusOk().bodyJson().isLenientlyEqualTo(
                """
                        {"sku": "GRINDER-02", "onHand": 48, "reserved": 0, "available": 48, "version": 3}
                        """);
        assertThat(get("/reservations/" + order)).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"orderId": "%s", "status": "COMMITTED", "lines": [{"sku": "GRINDER-02", "quantity": 2}],
                 "heldUntil": null}
                """.formatted(order));
    }

    @Test
    void moreThanThereIsIsRefusedAndAReleaseChangesNothing() {
        OrderId order = new OrderId(Ids.next());
        send(reserve(order, "LIMITED-05", 2));
        send(new ReleaseStock(order));

        assertThat(answers(order, 2)).extracting(InventoryServiceTest::type).containsExactly(
                "dev.waybill.inventory.stock-refused.v1",
                "dev.waybill.inventory.stock-released.v1");
        assertThat(get("/stock/LIMITED-05")).bodyJson().extractingPath("$.available").isEqualTo(1);
        assertThat(get("/reservations/" + order)).bodyJson().extractingPath("$.status").isEqualTo("REFUSED");
    }

    @Test
    void commandsThatComeAgainWhenTheInboxHasForgottenThemMoveNoStock() {
        OrderId committed = new OrderId(Ids.next());
        OrderId released = new OrderId(Ids.next());
        send(reserve(committed, "KETTLE-03", 2));
        send(new CommitStock(committed));
        send(reserve(released, "KETTLE-03", 3));
        send(new ReleaseStock(released));
        answers(committed, 2);
        answers(released, 2);
        String stock = body("/stock/KETTLE-03");
        long movements = movements();

        SetBack.behindTheInbox(service);

        assertThat(answers(committed, 4)).hasSize(4);
        assertThat(answers(released, 4)).hasSize(4);
        assertThat(body("/stock/KETTLE-03")).isEqualTo(stock);
        assertThat(movements()).isEqualTo(movements);
        assertThat(get("/reservations/" + committed)).bodyJson().extractingPath("$.status").isEqualTo("COMMITTED");
        assertThat(get("/reservations/" + released)).bodyJson().extractingPath("$.status").isEqualTo("RELEASED");
    }

    @Test
    void whatIsHeldForARejectedOrderIsReleasedAndToldOutsideItsSaga() {
        OrderId order = new OrderId(Ids.next());
        send(reserve(order, "FILTER-04", 3));
        answers(order, 1);
        MessageId rejected = send(new OrderRejected(order, RejectionReason.TIMED_OUT), Topic.ORDER_EVENTS);

        ConsumerRecord<String, String> released = answers(order, 2).getLast();

        assertThat(type(released)).isEqualTo("dev.waybill.inventory.stock-released.v1");
        assertThat(envelope(released).causationId()).isEqualTo(rejected);
        assertThat(envelope(released).sagaId()).isNull();
        assertThat(get("/reservations/" + order)).bodyJson().extractingPath("$.status").isEqualTo("RELEASED");
    }

    @Test
    void whatIsHeldForAConfirmedOrderStays() {
        OrderId confirmed = new OrderId(Ids.next());
        OrderId cancelled = new OrderId(Ids.next());
        send(reserve(confirmed, "FILTER-04", 3));
        send(reserve(cancelled, "FILTER-04", 3));
        answers(confirmed, 1);
        answers(cancelled, 1);
        send(new OrderConfirmed(confirmed), Topic.ORDER_EVENTS);
        send(new OrderCancelled(cancelled), Topic.ORDER_EVENTS);

        answers(cancelled, 2);

        assertThat(get("/reservations/" + confirmed)).bodyJson().extractingPath("$.status").isEqualTo("HELD");
        send(new CommitStock(confirmed));
        assertThat(answers(confirmed, 2)).extracting(InventoryServiceTest::type)
                .last().isEqualTo("dev.waybill.inventory.stock-committed.v1");
    }

    @Test
    void piecesComeBack() {
        OrderId order = new OrderId(Ids.next());
        RestockId id = new RestockId(Ids.next());
        var pieces = List.of(new StockLine(new Sku("FILTER-04"), Quantity.of(1)));
        send(reserve(order, "FILTER-04", 3));
        send(new CommitStock(order));
        send(new Restock(order, id, pieces));
        send(new Restock(order, id, pieces));

        assertThat(answers(order, 4)).extracting(InventoryServiceTest::type)
                .endsWith("dev.waybill.inventory.stock-restocked.v1", "dev.waybill.inventory.stock-restocked.v1");
        assertThat(get("/stock/FILTER-04/ledger?limit=1")).bodyJson().isLenientlyEqualTo("""
                {"items": [{"kind": "RESTOCK", "quantity": 1, "orderId": "%s", "reason": null, "who": null}]}
                """.formatted(order));
    }

    @Test
    void whatIsHeldSaysUntilWhen() {
        OrderId order = new OrderId(Ids.next());
        Instant before = Instant.now();
        send(reserve(order, "FILTER-04", 3));
        answers(order, 1);

        assertThat(get("/reservations/" + order)).bodyJson().extractingPath("$.heldUntil").asString().satisfies(
                heldUntil -> assertThat(Instant.parse(heldUntil))
                        .isBetween(before.plus(Duration.ofMinutes(29)), Instant.now().plus(Duration.ofMinutes(31))));
    }

    @Test
    void stockHasItsVersionAsETag() {
        MvcTestResult stock = get("/stock/ESPRESSO-01");

        assertThat(stock).hasStatusOk().headers().hasValue("ETag", "\"1\"");
        assertThat(web.get().uri("/stock/ESPRESSO-01").header("If-None-Match", "\"1\"").exchange())
                .hasStatus(HttpStatus.NOT_MODIFIED);
    }

    @Test
    void stockIsListedInPagesInSkuOrder() {
        MvcTestResult first = get("/stock?limit=3");
        assertThat(first).bodyJson().extractingPath("$.items[*].sku").asArray()
                .containsExactly("ESPRESSO-01", "FILTER-04", "GRINDER-02");

        String next = JsonMapper.shared().readTree(first.getResponse().getContentAsByteArray()).path("next")
                .asString();
        MvcTestResult second = get("/stock?limit=3&cursor=" + next);
        assertThat(second).bodyJson().extractingPath("$.items[*].sku").asArray()
                .containsExactly("KETTLE-03", "LIMITED-05");
        assertThat(second).bodyJson().extractingPath("$.next").isNull();
    }

    @Test
    void whatIsNotThereIsAProblem() {
        List<String> paths = List
                .of("/stock/NO-SUCH", "/stock/espresso", "/reservations/" + Ids.next(), "/reservations/W-100042");
        for (String path : paths) {
            assertThat(get(path)).as(path).hasStatus(HttpStatus.NOT_FOUND)
                    .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        }
    }

    @Test
    void aPageThatCannotBeIsAProblem() {
        for (String path : List.of("/stock?limit=0", "/stock?cursor=x")) {
            assertThat(get(path)).as(path).hasStatus(HttpStatus.BAD_REQUEST)
                    .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        }
    }

    private long movements() {
        return service.getBean(JdbcClient.class).sql("select count(*) from stock_movement").query(Long.class).single();
    }

    private String body(String path) {
        return new String(get(path).getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private MvcTestResult get(String path) {
        return web.get().uri(path).exchange();
    }

    private static MessageId send(InventoryCommand<?> command) {
        return send(command, Topic.INVENTORY_COMMANDS);
    }

    private static MessageId send(Message message, Topic topic) {
        String key = message.orderId().toString();
        Envelope envelope = new Envelope(Ids.nextMessageId(), "/test", MessageTypes.nameOf(message.getClass()),
                "test/" + key, Instant.now(), key, message instanceof Event ? 1L : null, 1, key, null,
                new SagaId(Ids.next()), null);
        var sent = new ProducerRecord<>(topic.topicName(), key, MessageJson.write(message));
        envelope.toHeaders()
                .forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        assertThat(producer.send(sent)).succeedsWithin(Duration.ofSeconds(30));
        return envelope.id();
    }

    /** The first answers about an order, each of them held against its contract. */
    private static List<ConsumerRecord<String, String>> answers(OrderId order, int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(SAID::add);
            return saidAbout(order).size() >= count;
        });
        saidAbout(order).forEach(answer -> Contracts.assertValid(type(answer), answer.value()));
        return saidAbout(order);
    }

    private static List<ConsumerRecord<String, String>> saidAbout(OrderId order) {
        return SAID.stream().filter(answer -> answer.key().equals(order.toString())).toList();
    }

    private static String type(ConsumerRecord<String, String> answer) {
        return envelope(answer).type();
    }

    private static Envelope envelope(ConsumerRecord<String, String> answer) {
        return Envelope.fromHeaders(name -> header(answer.headers(), name));
    }

    private static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static ReserveStock reserve(OrderId order, String sku, int quantity) {
        return new ReserveStock(order, List.of(new StockLine(new Sku(sku), Quantity.of(quantity))));
    }
}
