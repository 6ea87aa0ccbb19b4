package dev.waybill.inventory;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.events.Quantity;
import dev.waybill.events.RestockId;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.events.Topic;
import dev.waybill.messaging.Ids;
import dev.waybill.testing.RealServers;
import dev.waybill.testing.SetBack;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
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
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole service between its topics, its database and its REST interface. */
@SpringBootTest
@AutoConfigureMockMvc
@ActiveProfiles("demo")
@ContextConfiguration(initializers = RealServers.class)
class InventoryServiceTest {

    private static final Conversation INVENTORY = new Conversation();

    @Autowired
    private MockMvcTester web;
    @Autowired
    private ApplicationContext service;

    @AfterAll
    static void disconnect() {
        INVENTORY.close();
    }

    @Test
    void anOrdersStockIsReservedAndCommitted() {
        OrderId order = new OrderId(Ids.next());
        MessageId reserve = INVENTORY.send(reserve(order, "GRINDER-02", 2));
        MessageId commit = INVENTORY.send(new CommitStock(order));

        List<ConsumerRecord<String, String>> answers = INVENTORY.answers(order, 2);

        assertThat(answers).extracting(Conversation::type).containsExactly(
                "dev.waybill.inventory.stock-reserved.v1",
                "dev.waybill.inventory.stock-committed.v1");
        assertThat(answers).extracting(answer -> Conversation.envelope(answer).causationId()).containsExactly(reserve,
                commit);
        assertThat(answers).extracting(answer -> Conversation.envelope(answer).sequence()).containsExactly(1L, 2L);
        assertThat(answers).extracting(answer -> Conversation.envelope(answer).subject())
                .containsOnly("reservation/" + order);
        assertThat(get("/stock/GRINDER-02")).hasStatusOk().bodyJson().isLenientlyEqualTo(
                """
                        {"sku": "GRINDER-02", "onHand": 48, "reserved": 0, "available": 48, "version": 3}
                        """);
        assertThat(get("/reservations/" + order)).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"orderId": "%s", "status": "COMMITTED", "lines": [{"sku": "GRINDER-02", "quantity": 2}],
                 "restocked": [], "heldUntil": null}
                """.formatted(order));
    }

    @Test
    void moreThanThereIsIsRefusedAndAReleaseChangesNothing() {
        OrderId order = new OrderId(Ids.next());
        INVENTORY.send(reserve(order, "LIMITED-05", 2));
        INVENTORY.send(new ReleaseStock(order));

        assertThat(INVENTORY.answers(order, 2)).extracting(Conversation::type).containsExactly(
                "dev.waybill.inventory.stock-refused.v1",
                "dev.waybill.inventory.stock-released.v1");
        assertThat(get("/stock/LIMITED-05")).bodyJson().extractingPath("$.available").isEqualTo(1);
        assertThat(get("/reservations/" + order)).bodyJson().extractingPath("$.status").isEqualTo("REFUSED");
    }

    @Test
    void commandsThatComeAgainWhenTheInboxHasForgottenThemMoveNoStock() {
        OrderId committed = new OrderId(Ids.next());
        OrderId released = new OrderId(Ids.next());
        INVENTORY.send(reserve(committed, "KETTLE-03", 2));
        INVENTORY.send(new CommitStock(committed));
        INVENTORY.send(reserve(released, "KETTLE-03", 3));
        INVENTORY.send(new ReleaseStock(released));
        INVENTORY.answers(committed, 2);
        INVENTORY.answers(released, 2);
        String stock = body("/stock/KETTLE-03");
        long movements = movements();

        SetBack.behindTheInbox(service);

        assertThat(INVENTORY.answers(committed, 4)).hasSize(4);
        assertThat(INVENTORY.answers(released, 4)).hasSize(4);
        assertThat(body("/stock/KETTLE-03")).isEqualTo(stock);
        assertThat(movements()).isEqualTo(movements);
        assertThat(get("/reservations/" + committed)).bodyJson().extractingPath("$.status").isEqualTo("COMMITTED");
        assertThat(get("/reservations/" + released)).bodyJson().extractingPath("$.status").isEqualTo("RELEASED");
    }

    @Test
    void whatIsHeldForARejectedOrderIsReleasedAndToldOutsideItsSaga() {
        OrderId order = new OrderId(Ids.next());
        INVENTORY.send(reserve(order, "FILTER-04", 3));
        INVENTORY.answers(order, 1);
        MessageId rejected = INVENTORY.send(new OrderRejected(order, RejectionReason.TIMED_OUT), Topic.ORDER_EVENTS);

        ConsumerRecord<String, String> released = INVENTORY.answers(order, 2).getLast();

        assertThat(Conversation.type(released)).isEqualTo("dev.waybill.inventory.stock-released.v1");
        assertThat(Conversation.envelope(released).causationId()).isEqualTo(rejected);
        assertThat(Conversation.envelope(released).sagaId()).isNull();
        assertThat(get("/reservations/" + order)).bodyJson().extractingPath("$.status").isEqualTo("RELEASED");
    }

    @Test
    void whatIsHeldForAConfirmedOrderStays() {
        OrderId confirmed = new OrderId(Ids.next());
        OrderId cancelled = new OrderId(Ids.next());
        INVENTORY.send(reserve(confirmed, "FILTER-04", 3));
        INVENTORY.send(reserve(cancelled, "FILTER-04", 3));
        INVENTORY.answers(confirmed, 1);
        INVENTORY.answers(cancelled, 1);
        INVENTORY.send(new OrderConfirmed(confirmed), Topic.ORDER_EVENTS);
        INVENTORY.send(new OrderCancelled(cancelled), Topic.ORDER_EVENTS);

        INVENTORY.answers(cancelled, 2);

        assertThat(get("/reservations/" + confirmed)).bodyJson().extractingPath("$.status").isEqualTo("HELD");
        INVENTORY.send(new CommitStock(confirmed));
        assertThat(INVENTORY.answers(confirmed, 2)).extracting(Conversation::type)
                .last().isEqualTo("dev.waybill.inventory.stock-committed.v1");
    }

    @Test
    void piecesComeBack() {
        OrderId order = new OrderId(Ids.next());
        RestockId id = new RestockId(Ids.next());
        var pieces = List.of(new StockLine(new Sku("FILTER-04"), Quantity.of(1)));
        INVENTORY.send(reserve(order, "FILTER-04", 3));
        INVENTORY.send(new CommitStock(order));
        INVENTORY.send(new Restock(order, id, pieces));
        INVENTORY.send(new Restock(order, id, pieces));

        assertThat(INVENTORY.answers(order, 4)).extracting(Conversation::type)
                .endsWith("dev.waybill.inventory.stock-restocked.v1", "dev.waybill.inventory.stock-restocked.v1");
        assertThat(get("/stock/FILTER-04/ledger?limit=1")).bodyJson().isLenientlyEqualTo("""
                {"items": [{"kind": "RESTOCK", "quantity": 1, "orderId": "%s", "reason": null, "who": null}]}
                """.formatted(order));
    }

    @Test
    void whatIsHeldSaysUntilWhen() {
        OrderId order = new OrderId(Ids.next());
        Instant before = Instant.now();
        INVENTORY.send(reserve(order, "FILTER-04", 3));
        INVENTORY.answers(order, 1);

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

    private static ReserveStock reserve(OrderId order, String sku, int quantity) {
        return new ReserveStock(order, List.of(new StockLine(new Sku(sku), Quantity.of(quantity))));
    }
}
