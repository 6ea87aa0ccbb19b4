package dev.waybill.order.search;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.defaults.problems.StandardProblems;
import dev.waybill.order.projections.Generations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds orders in the projection, newest first, each filter under an index of its own. An order that was placed a moment ago is
 * found as well, though the projection may not have heard of it: the newest orders are looked through in the orders' own table.
 */
@Repository
public class OrderSearch {

    /** How far the projection may lag behind without anybody noticing: these many orders, or this long. */
    private static final int FRESH = 200;
    private static final Duration FRESH_FOR = Duration.ofSeconds(30);

    /** A text that more of them begin with is too short to look for. */
    private static final int MOST_CUSTOMERS = 100;
    private static final int MOST_NUMBERS = 1_000;

    /** Before every other: an order of exactly that time is not before it. */
    private static final UUID NO_ID = new UUID(0, 0);

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final JdbcClient database;
    private final Generations generations;
    private final Clock clock;

    OrderSearch(JdbcClient database, Generations generations, Clock clock) {
        this.database = database;
        this.generations = generations;
        this.clock = clock;
    }

    /** A statement and what stands for its parameters. */
    record Statement(String sql, Map<String, Object> parameters) {}

    /**
     * Where the orders are that apply, by the time they were placed.
     *
     * @param after where the page before ended
     */
    public List<Moment> newestFirst(OrderFilter filter, Optional<Moment> after, int limit) {
        int slot = generations.slotOf(SearchProjection.NAME);
        Statement statement = statement(filter, after, limit, slot);
        return database.sql(statement.sql()).params(statement.parameters())
                .query((row, n) -> new Moment(row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                        row.getObject("id", UUID.class)))
                .list();
    }

    Statement statement(OrderFilter filter, Optional<Moment> after, int limit, int slot) {
        Map<String, Object> parameters = new HashMap<>();
        String known = known(filter, conditions(filter, after, parameters), slot, parameters);
        String fresh = fresh(filter, conditions(filter, after, parameters), slot, parameters);
        parameters.put("limit", limit);
        return new Statement("""
                select id, placed_at from ((%s) union all (%s)) found order by placed_at desc, id desc limit :limit
                """.formatted(known, fresh), parameters);
    }

    /** In the projection, under the index that says the most. */
    private String known(OrderFilter filter, List<String> conditions, int slot, Map<String, Object> parameters) {
        if (filter.q() != null) {
            return typed(filter, filter.q(), conditions, slot, parameters);
        }
        if (filter.sku() == null) {
            return """
                    select o.id, o.placed_at from order_search_%d o where %s
                    order by o.placed_at desc, o.id desc limit :limit
                    """.formatted(slot, String.join(" and ", conditions));
        }
        parameters.put("sku", filter.sku().value());
        return """
                select o.id, o.placed_at
                from order_search_sku_%1$d line
                cross join lateral (select line.id, line.placed_at, known.status, known.customer_id
                                    from order_search_%1$d known where known.id = line.id offset 0) o
                where line.sku = :sku and (line.placed_at, line.id) < (:beforeAt::timestamptz, :beforeId) and %2$s
                order by line.placed_at desc, line.id desc limit :limit
                """.formatted(slot, String.join(" and ", conditions));
    }

    /** By what somebody typed: first who and what begins like that, then their orders. */
    private String typed(
            OrderFilter filter, SearchText text, List<String> conditions, int slot, Map<String, Object> parameters) {
        parameters.put("customers", customersLike(text, slot).toArray(String[]::new));
        parameters.put("numbers", numbersLike(text, slot).toArray(String[]::new));
        if (filter.sku() != null) {
            parameters.put("sku", filter.sku().value());
            conditions.add("""
                    exists (select from order_search_sku_%d line
                            where line.sku = :sku and line.placed_at = o.placed_at and line.id = o.id)
                    """.formatted(slot));
        }
        return """
                select theirs.id, theirs.placed_at from unnest(:customers::text[]) customer (name)
                cross join lateral (
                  select o.id, o.placed_at from order_search_%1$d o where o.customer_id = customer.name and %2$s
                  order by o.placed_at desc, o.id desc limit :limit) theirs
                union
                select o.id, o.placed_at from order_search_%1$d o where o.number = any(:numbers::text[]) and %2$s
                """.formatted(slot, String.join(" and ", conditions));
    }

    private List<String> customersLike(SearchText text, int slot) {
        List<String> customers = database
                .sql("""
                        with recursive customer (name, nth) as (
                          (select customer_id, 1 from order_search_%1$d where customer_id >= :begin and customer_id < :end
                           order by customer_id limit 1)
                          union all
                          select (select customer_id from order_search_%1$d where customer_id > name and customer_id < :end
                                  order by customer_id limit 1), nth + 1
                          from customer where name is not null and nth <= :most
                        ) select name from customer where name is not null
                        """
                        .formatted(slot))
                .param("begin", text.customer()).param("end", SearchText.endOf(text.customer()))
                .param("most", MOST_CUSTOMERS).query((row, n) -> row.getString(1)).list();
        return notTooMany(customers, MOST_CUSTOMERS, "customers");
    }

    private List<String> numbersLike(SearchText text, int slot) {
        List<String> numbers = database
                .sql("""
                        select number from order_search_%d where number >= :begin and number < :end
                        order by number limit :most + 1
                        """.formatted(slot)).param("begin", text.number())
                .param("end", SearchText.endOf(text.number())).param("most", MOST_NUMBERS)
                .query((row, n) -> row.getString(1)).list();
        return notTooMany(numbers, MOST_NUMBERS, "orders' numbers");
    }

    private static List<String> notTooMany(List<String> found, int most, String what) {
        if (found.size() > most) {
            throw StandardProblems.INVALID_REQUEST.because("More than %d %s begin like this".formatted(most, what))
                    .atParameter("q", "Some more characters are wanted here");
        }
        return found;
    }

    /** Of the newest orders, those that the projection does not know. */
    private String fresh(OrderFilter filter, List<String> conditions, int slot, Map<String, Object> parameters) {
        // The least id that can have been made then: its first 48 bits are milliseconds (RFC 9562).
        parameters.put("fresh", new UUID(clock.instant().minus(FRESH_FOR).toEpochMilli() << 16, 0));
        if (filter.q() != null) {
            parameters.put("number", filter.q().number());
            parameters.put("customer", filter.q().customer());
            conditions.add("(starts_with(o.number, :number) or starts_with(o.customer_id, :customer))");
        }
        if (filter.sku() != null) {
            conditions.add("exists (select from order_line line where line.order_id = o.id and line.sku = :sku)");
        }
        return """
                select o.id, o.placed_at from (select * from orders where id >= :fresh order by id desc limit %d) o
                where not exists (select from order_search_%d known where known.id = o.id and known.placed_at is not null)
                  and %s
                """
                .formatted(FRESH, slot, String.join(" and ", conditions));
    }

    private static List<String> conditions(OrderFilter filter, Optional<Moment> after, Map<String, Object> parameters) {
        List<String> conditions = new ArrayList<>();
        conditions.add("(o.placed_at, o.id) < (:beforeAt::timestamptz, :beforeId)");
        parameters.put("beforeAt", after.map(Moment::at).map(Instant::toString).orElse(endOf(filter)));
        parameters.put("beforeId", after.map(Moment::id).orElse(NO_ID));
        if (filter.status() != null) {
            conditions.add("o.status = :status");
            parameters.put("status", filter.status());
        }
        if (filter.customerId() != null) {
            conditions.add("o.customer_id = :customerId");
            parameters.put("customerId", filter.customerId().value());
        }
        if (filter.placedFrom() != null) {
            conditions.add("o.placed_at >= :placedFrom::timestamptz");
            parameters.put("placedFrom", storable(filter.placedFrom()));
        }
        return conditions;
    }

    /**
     * Where the first page begins. The end of the time is part of the one bound that the index begins at: beside another it would
     * only be looked at row by row, from the newest order on. A page that follows another lies before it anyway.
     */
    private static String endOf(OrderFilter filter) {
        return filter.placedTo() == null ? "infinity" : storable(filter.placedTo());
    }

    /** What lies farther off than any time that the database knows excludes, and includes, the same. */
    private static String storable(Instant time) {
        Instant known = time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
        return known.toString();
    }
}
