package dev.waybill.order.search;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.events.CustomerId;
import dev.waybill.events.Sku;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.order.projections.Generations;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the database goes about a search among 50,000 orders: in the slot that nobody reads. It is asked as if an hour had passed, when
 * none of the orders that other tests have just placed is among the newest, which are looked through beside the projection.
 */
@OrderServiceTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchPlansTest {

    private static final int ORDERS = 50_000;
    private static final Pattern PAGES = Pattern.compile("(?:hit|read)=(\\d+)");

    private final Generations generations;
    private final JdbcClient jdbc;
    private final OrderSearch search;

    private int slot;

    @Autowired
    SearchPlansTest(Generations generations, JdbcClient jdbc, Clock clock) {
        this.generations = generations;
        this.jdbc = jdbc;
        this.search = new OrderSearch(jdbc, generations, Clock.offset(clock, Duration.ofHours(1)));
    }

    @BeforeEach
    void fill() {
        awaitThatNothingIsLeftOver();
        slot = 1 - generations.slotOf(SearchProjection.NAME);
        if (jdbc.sql("select count(*) from order_search_%d".formatted(slot)).query(Long.class).single() >= ORDERS) {
            return;
        }
        // 500 customers; one order in 97 is rejected, the others are delivered; the SKU is one of 50.
        jdbc.sql(
                """
                        insert into order_search_%d (id, number, customer_id, placed_at, reached)
                        select gen_random_uuid(), 'W-' || 100000 + n, 'customer-' || n %% 500,
                               timestamptz '2026-01-01 00:00Z' + n * interval '1 minute', case when n %% 97 = 0 then 4 else 3 end
                        from generate_series(1, :orders) n
                        """
                        .formatted(slot))
                .param("orders", ORDERS).update();
        jdbc.sql("""
                insert into order_search_sku_%1$d (sku, placed_at, id)
                select 'SKU-' || abs(hashtext(number)) %% 50, placed_at, id from order_search_%1$d
                """.formatted(slot)).update();
        // As they are found once the database has looked after them by itself, whenever that is here.
        jdbc.sql("vacuum (analyze) order_search_%1$d, order_search_sku_%1$d".formatted(slot)).update();
    }

    /** What a rebuild has left in the slot is thrown away after a while, and with it whatever is there by then. */
    private void awaitThatNothingIsLeftOver() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(
                () -> jdbc.sql("select leftover_since is null and not filling from projection where name = 'search'")
                        .query(Boolean.class).single());
    }

    @AfterAll
    void leaveTheSlotEmpty() {
        jdbc.sql("select empty_projection_slot('search', :slot::smallint)").param("slot", slot)
                .query((row, n) -> true).single();
    }

    @Test
    void noFilter() {
        assertLooksAtLittle(new OrderFilter(null, null, null, null, null, null), "placed_at");
    }

    @Test
    void status() {
        assertLooksAtLittle(new OrderFilter("REJECTED", null, null, null, null, null), "status");
        assertLooksAtLittle(new OrderFilter("DELIVERED", null, null, null, null, null), "status");
        assertLooksAtLittle(new OrderFilter("CANCELLING", null, null, null, null, null), "status");
    }

    @Test
    void customer() {
        assertLooksAtLittle(
                new OrderFilter(null, new CustomerId("customer-7"), null, null, null, null),
                "customer_id");
    }

    @Test
    void sku() {
        assertLooksAtLittle(new OrderFilter(null, null, new Sku("SKU-17"), null, null, null), "_pkey");
    }

    @Test
    void timeOfPlacing() {
        Instant from = Instant.parse("2026-01-10T00:00:00Z");
        assertLooksAtLittle(new OrderFilter(null, null, null, from, from.plusSeconds(86_400), null), "placed_at");
    }

    @Test
    void text() {
        assertLooksAtLittle(new OrderFilter(null, null, null, null, null, new SearchText("W-110000")), "number");
        assertLooksAtLittle(new OrderFilter(null, null, null, null, null, new SearchText("customer-77")),
                "customer_id", 600);
    }

    @Test
    void statusAndCustomer() {
        assertLooksAtLittle(
                new OrderFilter("REJECTED", new CustomerId("customer-8"), null, null, null, null), "customer_id");
    }

    @Test
    void skuAndStatus() {
        assertLooksAtLittle(new OrderFilter("DELIVERED", null, new Sku("SKU-17"), null, null, null), "_pkey");
    }

    private void assertLooksAtLittle(OrderFilter filter, String index) {
        assertLooksAtLittle(filter, index, 150);
    }

    /** The first page and one far behind; no plan reads a table through, and none looks at more than so many pages of 8 KiB. */
    private void assertLooksAtLittle(OrderFilter filter, String index, int most) {
        Instant deep = filter.placedTo() == null
                ? Instant.parse("2026-01-20T00:00:00Z")
                : filter.placedTo().minusSeconds(60);
        for (Optional<Moment> after : List.of(Optional.<Moment>empty(),
                Optional.of(new Moment(deep, UUID.randomUUID())))) {
            var statement = search.statement(filter, after, 21, slot);
            String plan = String.join("\n",
                    jdbc.sql("explain (analyze, buffers, costs off, timing off, summary off) " + statement.sql())
                            .params(statement.parameters()).query((row, n) -> row.getString(1)).list());
            assertThat(plan).contains(index).doesNotContain("Seq Scan on order_search");
            assertThat(pages(plan)).as(plan).isLessThan(most);
        }
    }

    /** Of the whole statement: its first line about them. */
    private static long pages(String plan) {
        String buffers = plan.lines().filter(line -> line.contains("Buffers:")).findFirst().orElseThrow();
        return PAGES.matcher(buffers).results().mapToLong(pages -> Long.parseLong(pages.group(1))).sum();
    }
}
