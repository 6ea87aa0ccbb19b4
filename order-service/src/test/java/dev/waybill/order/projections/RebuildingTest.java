package dev.waybill.order.projections;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.events.CustomerId;
import dev.waybill.events.Event;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.Quantity;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.history.RecordedEvent;
import dev.waybill.order.OrderApi;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.order.Said;
import dev.waybill.order.search.OrderFilter;
import dev.waybill.order.search.OrderSearch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Ten thousand orders' events stand on real topics; more come while the projections are made anew. */
@OrderServiceTest
class RebuildingTest {

    private static final int ORDERS = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Generations generations;

    @Autowired
    private Rebuilds rebuilds;

    @Autowired
    private OrderSearch search;

    private OrderApi api = OrderApi.on(0);
    private final String crowd = "crowd-" + UUID.randomUUID();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Said said = new Said();

    @BeforeEach
    void connect() {
        api = OrderApi.on(port);
    }

    @AfterEach
    void leaveOneSlotEmpty() {
        said.close();
        for (String slots : List.of("search order_search", "timeline timeline_entry")) {
            String[] names = slots.split(" ", -1);
            await().atMost(PATIENCE).until(() -> jdbc.sql("select count(*) from %s_%d"
                    .formatted(names[1], 1 - generations.slotOf(names[0]))).query(Long.class).single() == 0);
        }
    }

    @Test
    @Tag("long")
    void rebuiltProjectionsEqualTheLiveOnesWhileOrdersKeepComing() {
        for (int i = 0; i < ORDERS / 500; i++) {
            say(500);
        }
        await().atMost(PATIENCE).pollInterval(ONE_SECOND).until(() -> found() == ORDERS && told() == ORDERS * 4L);
        List<String> before = rowsOf("search");
        List<String> toldBefore = rowsOf("timeline");

        UUID one = newest().getLast().id();
        var traffic = Executors.newSingleThreadScheduledExecutor();
        var _ = traffic.scheduleWithFixedDelay(() -> say(5), 0, 50, TimeUnit.MILLISECONDS);
        AtomicBoolean alwaysServed = new AtomicBoolean(true);
        for (String projection : List.of("search", "timeline")) {
            long generation = generation(projection);
            assertThat(rebuild(projection).status()).isEqualTo(202);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                alwaysServed.compareAndSet(true, isServed(one));
                return status(projection).equals("LIVE") && generation(projection) == generation + 1;
            });
        }
        traffic.close();
        await().atMost(PATIENCE).pollInterval(ONE_SECOND)
                .until(() -> found() == numbers.get() && told() == numbers.get() * 4L);

        assertThat(alwaysServed).isTrue();
        List<String> after = rowsOf("search");
        List<String> toldAfter = rowsOf("timeline");
        // As sets, as so many rows are too many for a list to be looked for in another.
        assertThat(new HashSet<>(after).containsAll(before)).isTrue();
        assertThat(new HashSet<>(toldAfter).containsAll(toldBefore)).isTrue();
        rebuildAndWait("search");
        rebuildAndWait("timeline");
        assertThat(rowsOf("search").equals(after)).isTrue();
        assertThat(rowsOf("timeline").equals(toldAfter)).isTrue();
        JsonNode view = api.get("/operations/projections").json().get("items").get(0);
        assertThat(view.get("name").asString()).isEqualTo("search");
        assertThat(view.get("events").asLong()).isGreaterThanOrEqualTo(ORDERS * 2)
                .isEqualTo(view.get("total").asLong());
        assertThat(view.get("rebuiltAt").isNull()).isFalse();
    }

    /** Both slots hold the same once both have been written: what was heard, and what was read again. */
    @Test
    void whatIsFilledBesideTheLiveOneHoldsTheSameRowByRow() {
        say(200);
        await().atMost(PATIENCE).until(() -> found() == 200 && told() == 800);
        for (String projection : List.of("search", "timeline")) {
            List<String> live = rowsOf(projection);
            rebuildAndWait(projection);
            assertThat(rowsOf(projection)).isEqualTo(live);
        }
    }

    @Test
    void rebuildThatItsProcessDiedOverBeginsAgain() {
        say(20);
        await().atMost(PATIENCE).until(() -> found() == 20);
        long generation = generation("search");
        // As a process leaves it that died in the middle: taken on, the feed writing to both slots, the lease over.
        jdbc.sql("update projection set filling = true where name = 'search'").update();
        say(20);
        UUID left = Ids.next();
        jdbc.sql(
                """
                        insert into projection_rebuild (id, projection, generation, requested_by, reason, requested_at, attempts,
                          events, lease_until) values (:id, 'search', :generation, 'somebody', 'tested', now(), 1, 7, now())
                        """)
                .param("id", left).param("generation", generation + 1).update();

        await().atMost(PATIENCE).until(() -> generation("search") == generation + 1);

        await().atMost(PATIENCE).until(() -> found() == 40);
        assertThat(rebuilds.lastOf("search").orElseThrow().status()).isEqualTo(Rebuild.Status.COMPLETED);
    }

    @Test
    void oneRebuildAtATime() {
        jdbc.sql(
                """
                        insert into projection_rebuild (id, projection, generation, requested_by, reason, requested_at, lease_until)
                        values (:id, 'timeline', :generation, 'somebody', 'tested', now(), now() + interval '1 hour')
                        """)
                .param("id", Ids.next()).param("generation", generation("timeline") + 1).update();
        try {
            rebuild("search").problem(409, "rebuild-running");
            rebuild("timeline").problem(409, "rebuild-running");
            assertThat(status("timeline")).isEqualTo("REBUILDING");
        } finally {
            jdbc.sql("delete from projection_rebuild where status = 'RUNNING'").update();
        }
    }

    @Test
    void rebuildThatComesToNothingIsSaidAndTheLiveOneIsReadOn() {
        say(20);
        await().atMost(PATIENCE).until(() -> told() == 80);
        long generation = generation("timeline");
        String filled = "timeline_entry_%d".formatted((generation + 1) % 2);
        jdbc.sql("alter table %s add constraint broken check (sequence < 0) not valid".formatted(filled)).update();
        try {
            rebuild("timeline");
            await().atMost(PATIENCE).until(() -> status("timeline").equals("FAILED"));
        } finally {
            jdbc.sql("alter table %s drop constraint broken".formatted(filled)).update();
        }

        assertThat(generation("timeline")).isEqualTo(generation);
        assertThat(told()).isEqualTo(80);
        say(20);
        await().atMost(PATIENCE).until(() -> told() == 160);
        rebuildAndWait("timeline");
        assertThat(told()).isEqualTo(160);
    }

    @Test
    void whoAsksSaysWhyAndForWhich() {
        api.post("/operations/projections/search/rebuilds", "{}").problem(400, "invalid-request");
        api.post("/operations/projections/nothing/rebuilds", "{\"reason\": \"tested\"}")
                .problem(404, "unknown-projection");
    }

    /** Each with four events, of three services; the last of the order's comes with the next ones. */
    private void say(int orders) {
        List<RecordedEvent<Event>> events = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            var order = new OrderId(Ids.next());
            int number = numbers.incrementAndGet();
            Instant at = NOON.plusMillis(number);
            var lines = List.of(new StockLine(new Sku("ESPRESSO-01"), Quantity.of(1)));
            events.add(Said.by("order", 1, 1, at,
                    Said.placed(order, "W-" + number, crowd, "ESPRESSO-01", "FILTER-04")));
            events.add(Said.by("inventory", 1, 3, at.minusSeconds(300), new StockReserved(order, lines)));
            events.add(number % 2 == 0
                    ? Said.by("payment", 1, 5, at.plusSeconds(300),
                            new PaymentAuthorized(order, Money.of(200, "EUR"), "gw"))
                    : Said.by("shipping", 1, 5, at, new ShipmentBooked(order, "speedy", "T-" + number)));
            events.add(Said.by("order", 2, 7, at.plusSeconds(1), number % 3 == 0
                    ? new OrderRejected(order, RejectionReason.OUT_OF_STOCK)
                    : new OrderConfirmed(order)));
        }
        said.send(events);
    }

    private OrderApi.Answer rebuild(String projection) {
        return api.post("/operations/projections/" + projection + "/rebuilds", "{\"reason\": \"tested\"}");
    }

    private void rebuildAndWait(String projection) {
        long generation = generation(projection);
        assertThat(rebuild(projection).status()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> generation(projection) == generation + 1);
    }

    /** Somebody looks for the newest orders, and at what happened to one of them. */
    private boolean isServed(UUID one) {
        return newest().size() == 100 && api.get("/orders/%s/timeline".formatted(one)).json()
                .get("items").size() == 4;
    }

    private List<Moment> newest() {
        return search.newestFirst(
                new OrderFilter(null, new CustomerId(crowd), null, null, null, null), Optional.empty(), 100);
    }

    private long found() {
        return jdbc.sql("select count(*) from order_search_%d where customer_id = :crowd and reached > 0"
                .formatted(generations.slotOf("search"))).param("crowd", crowd).query(Long.class).single();
    }

    private long told() {
        return jdbc.sql("select count(*) from timeline_entry_%d where order_id in (%s)"
                .formatted(generations.slotOf("timeline"), ofTheCrowd())).param("crowd", crowd).query(Long.class)
                .single();
    }

    private List<String> rowsOf(String projection) {
        String sql = switch (projection) {
            case "search" ->
                "select o::text || coalesce((select string_agg(sku, ',' order by sku) from order_search_sku_%1$d l "
                        + "where l.id = o.id and l.placed_at = o.placed_at), '') from order_search_%1$d o where customer_id = :crowd";
            default -> "select t::text from timeline_entry_%d t where order_id in (" + ofTheCrowd() + ")";
        };
        return jdbc.sql(sql.formatted(generations.slotOf(projection)) + " order by 1").param("crowd", crowd)
                .query((row, n) -> row.getString(1)).list();
    }

    private String ofTheCrowd() {
        return "select id from order_search_%d where customer_id = :crowd".formatted(generations.slotOf("search"));
    }

    private String status(String projection) {
        return view(projection).get("status").asString();
    }

    private long generation(String projection) {
        return view(projection).get("generation").asLong();
    }

    private JsonNode view(String projection) {
        for (JsonNode item : api.get("/operations/projections").json().get("items")) {
            if (item.get("name").asString().equals(projection)) {
                return item;
            }
        }
        throw new AssertionError(projection + " is not listed");
    }
}
