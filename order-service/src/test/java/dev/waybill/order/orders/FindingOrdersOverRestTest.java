package dev.waybill.order.orders;

import dev.waybill.messaging.Ids;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.order.SentStatements;
import dev.waybill.order.projections.Generations;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;

@OrderServiceTest
class FindingOrdersOverRestTest {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    private final String customer = "reader-" + UUID.randomUUID();
    @Autowired
    private Generations generations;

    private OrderApi api = OrderApi.on(0);
    private final List<String> placed = new ArrayList<>();

    @BeforeEach
    void placeSome() {
        api = OrderApi.on(port);
        for (int i = 0; i < 7; i++) {
            placed.addFirst(api.placed(goodOrder().put("customerId", customer)).get("id").asString());
        }
    }

    @Test
    void ordersComeNewestFirstPageByPage() {
        JsonNode first = api.get("/orders?limit=3&customerId={c}", customer).json();
        JsonNode second = api.get("/orders?limit=3&customerId={c}&cursor={n}", customer, next(first)).json();
        JsonNode third = api.get("/orders?limit=3&customerId={c}&cursor={n}", customer, next(second)).json();

        assertThat(ids(first)).isEqualTo(placed.subList(0, 3));
        assertThat(ids(second)).isEqualTo(placed.subList(3, 6));
        assertThat(ids(third)).isEqualTo(placed.subList(6, 7));
        assertThat(third.get("next").isNull()).isTrue();
    }

    @Test
    void ordersOfTheSameMicrosecondAreNeitherLostNorShownTwice() {
        int slot = awaitProjected();
        jdbc.sql("update order_search_%d set placed_at = '2026-11-21T14:00:00Z' where customer_id = :c".formatted(slot))
                .param("c", customer).update();

        List<String> seen = new ArrayList<>();
        JsonNode page = api.get("/orders?limit=2&customerId={c}", customer).json();
        while (!page.get("next").isNull()) {
            seen.addAll(ids(page));
            page = api.get("/orders?limit=2&customerId={c}&cursor={n}", customer, next(page)).json();
        }
        seen.addAll(ids(page));

        assertThat(seen).containsExactlyInAnyOrderElementsOf(placed);
    }

    @Test
    void ordersThatArePlacedMeanwhileDoNotShiftThePages() {
        JsonNode first = api.get("/orders?limit=3&customerId={c}", customer).json();
        api.placed(goodOrder().put("customerId", customer));
        JsonNode second = api.get("/orders?limit=3&customerId={c}&cursor={n}", customer, next(first)).json();

        assertThat(ids(second)).isEqualTo(placed.subList(3, 6));
    }

    @Test
    void statusNarrowsTheList() {
        int slot = awaitProjected();
        jdbc.sql("update order_search_%d set reached = 1 where id = :id::uuid".formatted(slot))
                .param("id", placed.get(2)).update();

        assertThat(ids(api.get("/orders?status=CONFIRMED&customerId={c}", customer).json()))
                .containsExactly(placed.get(2));
        assertThat(ids(api.get("/orders?status=PENDING&customerId={c}", customer).json())).hasSize(6)
                .doesNotContain(placed.get(2));
        assertThat(ids(api.get("/orders?status=REJECTED&customerId={c}", customer).json())).isEmpty();
    }

    @Test
    void listTakesTwoStatementsHoweverLongItIs() {
        List<String> sent = SentStatements.during(
                () -> assertThat(api.get("/orders?customerId={c}", customer).json().get("items")).hasSize(7));

        assertThat(sent).hasSize(2);
    }

    @Test
    void badQuestionsAreRefused() {
        api.get("/orders?status=LOST").problem(400, "invalid-request");
        api.get("/orders?limit=101").problem(400, "invalid-request");
        api.get("/orders?cursor=tampered").problem(400, "cursor");
        api.get("/orders?customerId={c}", "x".repeat(65)).problem(400, "invalid-request");
        api.get("/orders?sku=no sku").problem(400, "invalid-request");
        api.get("/orders?placedFrom=yesterday").problem(400, "invalid-request");
        api.get("/orders?placedFrom=2026-11-22T00:00:00Z&placedTo=2026-11-21T00:00:00Z").problem(400,
                "invalid-request");
        api.get("/orders?q={q}", "a\u0000b").problem(400, "invalid-request");
        api.get("/orders?q={q}", "x".repeat(65)).problem(400, "invalid-request");
        api.get("/orders?q=").problem(400, "invalid-request");
        api.get("/orders?customerId={c}", "a\tb").problem(400, "invalid-request");
    }

    @Test
    void orderThatIsNotThere() {
        api.get("/orders/" + UUID.randomUUID()).problem(404, "order-not-found");
        api.get("/orders/not-an-id").problem(404, "not-found");
    }

    @Test
    void orderThatTheProjectionHasNotHeardOfIsFoundAtOnce() {
        placed.addFirst(storeOneOfWhichNobodyHears());

        assertThat(ids(api.get("/orders?customerId={c}", customer).json())).isEqualTo(placed);
        assertThat(
                ids(api.get("/orders?customerId={c}&status=PENDING&sku=ESPRESSO-01&q={c}", customer, customer).json()))
                .isEqualTo(placed);
        assertThat(ids(api.get("/orders?customerId={c}&sku=FILTER-04", customer).json())).isEmpty();
    }

    /** As the last one, and just now: however long the projection takes for the others, it never takes this one in. */
    private String storeOneOfWhichNobodyHears() {
        UUID id = Ids.next();
        UUID last = UUID.fromString(placed.getFirst());
        jdbc.sql("""
                insert into orders select (jsonb_populate_record(o, jsonb_build_object(
                  'id', :id, 'number', 'W-' || nextval('order_number'), 'placed_at', now(), 'updated_at', now()))).*
                from orders o where id = :last
                """).param("id", id).param("last", last).update();
        jdbc.sql("""
                insert into order_line select (jsonb_populate_record(l, jsonb_build_object('order_id', :id))).*
                from order_line l where order_id = :last
                """).param("id", id).param("last", last).update();
        return id.toString();
    }

    @Test
    void allFiltersTogether() {
        String number = api.get("/orders/" + placed.get(3)).json().get("number").asString();

        JsonNode found = api
                .get("/orders?customerId={c}&sku=ESPRESSO-01&status=PENDING&q={q}&placedFrom={f}&placedTo={t}",
                        customer, number, "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z")
                .json();

        assertThat(ids(found)).containsExactly(placed.get(3));
    }

    /** Answers in which slot. */
    private int awaitProjected() {
        int slot = generations.slotOf("search");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(
                () -> jdbc
                        .sql("select count(*) from order_search_%d where customer_id = :c and placed_at is not null"
                                .formatted(slot))
                        .param("c", customer).query(Integer.class).single(),
                count -> count == placed.size());
        return slot;
    }

    private static String next(JsonNode page) {
        return page.get("next").asString();
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.get("items").forEach(item -> ids.add(item.get("id").asString()));
        return ids;
    }
}
