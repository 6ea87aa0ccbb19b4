package dev.waybill.order.orders;

import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderApi.Answer;
import dev.waybill.order.OrderServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;

import static dev.waybill.order.OrderApi.goodOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** More orders wait than may by default: they stand in the table, and nobody will ever settle them. */
@OrderServiceTest
class TooManyOrdersOverRestTest {

    private static final int MOST = 10_000;
    private static final String CHANGED_MY_MIND = "{\"reason\": \"Changed my mind\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Backlog backlog;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private ApplicationContext service;

    private final String customer = "in-a-crowd-" + UUID.randomUUID();
    private final String body = goodOrder().put("customerId", customer).toString();
    private OrderApi api = OrderApi.on(0);

    @BeforeEach
    void connect() {
        api = OrderApi.on(port);
    }

    @AfterEach
    void letThemGo() {
        jdbc.sql("delete from orders where number like 'CROWD-%'").update();
        await().atMost(Duration.ofSeconds(30)).until(() -> !backlog.isTooLong());
    }

    @Test
    void noneIsPlacedAndNothingIsStoredUntilThereAreFewer() {
        letWait(MOST + 1);
        String key = UUID.randomUUID().toString();

        Answer refused = api.place(body, key);

        JsonNode problem = refused.problem(503, "too-many-orders-waiting");
        assertThat(problem.get("detail").asString()).contains("not placed").contains("under the same key");
        assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("10");
        assertThat(count("orders where customer_id = :customer")).isZero();
        assertThat(count("outbox where payload like '%' || :customer || '%'")).isZero();
        assertThat(count("idempotent_request where caller = :customer")).isZero();
        assertThat(meters.get("order.backlog").gauge().value()).isEqualTo(MOST + 1);

        letThemGo();

        assertThat(api.place(body, key).status()).isEqualTo(202);
        assertThat(count("orders where customer_id = :customer")).isOne();
    }

    @Test
    void whatWasAcceptedBeforeIsAnsweredAgain() {
        String key = UUID.randomUUID().toString();
        Answer first = api.place(body, key);
        letWait(MOST + 1);

        Answer again = api.place(body, key);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(count("orders where customer_id = :customer")).isOne();
    }

    @Test
    void everythingElseGoesOn() {
        OrderCourse placed = OrderCourse.begin(api, service);
        OrderCourse delivered = OrderCourse.begin(api, service).confirm().handOver().deliver();
        letWait(MOST + 1);

        assertThat(api.get("/orders/" + placed.id()).status()).isEqualTo(200);
        assertThat(api.get("/orders?limit=1").status()).isEqualTo(200);
        assertThat(api.post("/orders/%s/cancellation".formatted(placed.id()), CHANGED_MY_MIND).status())
                .isEqualTo(202);
        assertThat(api.post("/orders/%s/returns".formatted(delivered.id()), """
                {"lines": [{"sku": "ESPRESSO-01", "quantity": 1}], "reason": "Too many"}""").status()).isEqualTo(202);
        placed.cancel();
        assertThat(api.get("/orders/" + placed.id()).json().get("status").asString()).isEqualTo("CANCELLED");
        api.place(body, UUID.randomUUID().toString()).problem(503, "too-many-orders-waiting");
    }

    /** A backlog of ordinary length behind many orders that are settled: what is looked at is the backlog. */
    @Test
    void theyAreCountedUnderAnIndex() {
        store(20_000, "CONFIRMED");
        jdbc.sql("analyze orders").update();
        int pending = jdbc.sql(PendingOrders.COUNT).param("most", MOST).query(Integer.class).single();

        String plan = String.join("\n",
                jdbc.sql("explain (analyze, buffers, costs off, timing off, summary off) " + PendingOrders.COUNT)
                        .param("most", MOST).query((row, n) -> row.getString(1)).list());

        assertThat(plan).contains("orders_waiting").doesNotContain("Seq Scan");
        assertThat(plan.lines().filter(line -> line.contains("Buffers:")).findFirst().orElseThrow()
                .transform(TooManyOrdersOverRestTest::pages)).as(plan).isLessThan(2 * pending + 100);
    }

    private static int pages(String buffers) {
        return Pattern.compile("(?:hit|read)=(\\d+)").matcher(buffers).results()
                .mapToInt(pages -> Integer.parseInt(pages.group(1))).sum();
    }

    private void letWait(int orders) {
        store(orders, "PENDING");
        await().atMost(Duration.ofSeconds(30)).until(backlog::isTooLong);
    }

    /** As one that was placed, under ids that come before all that are made now. */
    private void store(int orders, String status) {
        String id = api.placed(goodOrder()).get("id").asString();
        jdbc.sql(
                """
                        insert into orders select copy.*
                        from orders o, generate_series(1, :orders) n,
                          lateral jsonb_populate_record(o, jsonb_build_object(
                            'id', '00000000-0000-7000-8000-' || lpad(n::text, 12, '0'), 'number', 'CROWD-' || n, 'status', :status)) copy
                        where o.id = :id::uuid
                        """)
                .param("orders", orders).param("status", status).param("id", id).update();
    }

    private long count(String rows) {
        return jdbc.sql("select count(*) from " + rows).param("customer", customer).query(Long.class).single();
    }
}
