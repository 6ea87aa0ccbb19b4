package dev.waybill.order.search;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.defaults.problems.Problem;
import dev.waybill.events.CancellationId;
import dev.waybill.events.CustomerId;
import dev.waybill.events.Event;
import dev.waybill.events.OrderEvent;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.events.Sku;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.history.RecordedEvent;
import dev.waybill.order.OrderServiceTest;
import dev.waybill.order.Said;
import dev.waybill.order.projections.Generations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** On a real database, in the slot that is read. */
@OrderServiceTest
class SearchProjectionTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Autowired
    private SearchProjection projection;

    @Autowired
    private OrderSearch search;

    @Autowired
    private Generations generations;

    @Autowired
    private JdbcClient jdbc;

    /** Seven digits that no other test has, and one more for each order. */
    private final String number = "W-" + ThreadLocalRandom.current().nextInt(2_000_000, 9_000_000);
    private final String customer = "seeker-" + UUID.randomUUID();
    private final CancellationId cancellation = new CancellationId(Ids.next());
    private final CancellationId second = new CancellationId(Ids.next());
    private int slot;
    private UUID oldest = new UUID(0, 0);
    private UUID middle = new UUID(0, 0);
    private UUID newest = new UUID(0, 0);

    @BeforeEach
    void placeThree() {
        slot = generations.slotOf(SearchProjection.NAME);
        oldest = place(0, customer, "FILTER-04");
        middle = place(1, customer, "ESPRESSO-01", "FILTER-04", "ESPRESSO-01");
        newest = place(2, customer, "ESPRESSO-01");
    }

    @Test
    void eachFilterNarrowsAndAllOfThemTogether() {
        confirm(middle);

        assertThat(find(filter(null, null, null, null, null))).containsExactly(newest, middle, oldest);
        assertThat(find(filter("CONFIRMED", null, null, null, null))).containsExactly(middle);
        assertThat(find(filter(null, "FILTER-04", null, null, null))).containsExactly(middle, oldest);
        assertThat(find(filter(null, null, NOON.plusSeconds(60), null, null))).containsExactly(newest, middle);
        assertThat(find(filter(null, null, null, NOON.plusSeconds(60), null))).containsExactly(oldest);
        assertThat(find(filter(null, "FILTER-04", null, NOON.plusSeconds(60), null))).containsExactly(oldest);
        assertThat(find(filter(null, null, null, NOON.plusSeconds(61), null))).containsExactly(middle, oldest);
        assertThat(find(filter(null, null, null, null, number))).containsExactly(newest, middle, oldest);
        assertThat(find(filter("PENDING", "ESPRESSO-01", NOON, NOON.plusSeconds(600), number))).containsExactly(newest);
        assertThat(find(filter("CONFIRMED", "ESPRESSO-01", NOON, NOON.plusSeconds(60), number))).isEmpty();
    }

    @Test
    void timesThatNoDatabaseKnowsMeanAlwaysAndNever() {
        assertThat(find(filter(null, null, Instant.MIN, Instant.MAX, null))).hasSize(3);
        assertThat(find(filter(null, null, Instant.MAX, null, null))).isEmpty();
    }

    @Test
    void pagesOfEachFilterGoOnWhereTheLastOneEnded() {
        for (OrderFilter filter : List.of(
                filter(null, null, null, null, null),
                filter("PENDING", null, null, null, null),
                filter(null, null, NOON, NOON.plusSeconds(121), null),
                filter(null, null, null, null, number))) {
            List<UUID> seen = new ArrayList<>();
            Optional<Moment> after = Optional.empty();
            for (List<Moment> page = search.newestFirst(filter, after, 1); !page.isEmpty(); page = search
                    .newestFirst(filter, after, 1)) {
                seen.add(page.getFirst().id());
                after = Optional.of(page.getFirst());
            }
            assertThat(seen).as("%s", filter).containsExactly(newest, middle, oldest);
        }
    }

    @Test
    void textIsHowANumberOrACustomerBegins() {
        UUID ofAnother = place(3, customer + "-too", "FILTER-04");

        assertThat(find(typed(number + "1"))).containsExactly(middle);
        assertThat(find(typed(number.substring(2) + "1"))).containsExactly(middle);
        assertThat(find(typed(number.replace('W', 'w') + "1"))).containsExactly(middle);
        assertThat(find(typed(customer))).containsExactly(ofAnother, newest, middle, oldest);
        assertThat(find(typed(customer + "-"))).containsExactly(ofAnother);
        assertThat(find(typed("%" + customer.substring(1)))).isEmpty();
    }

    @Test
    void textThatTooMuchBeginsWithIsRefused() {
        String crowd = "crowd-" + UUID.randomUUID();
        for (int i = 0; i <= 100; i++) {
            place(i, crowd + i, "FILTER-04");
        }

        assertThatExceptionOfType(Problem.class).isThrownBy(() -> find(typed(crowd)))
                .withMessageContaining("More than 100 customers");
        assertThat(find(typed(crowd + "7"))).hasSize(11);
    }

    /** What the database says and what the code says, for an order whose events come in any order and some of them twice. */
    @Test
    void eventsMayComeInAnyOrderAndTwice() {
        var random = new Random(4);
        for (int round = 0; round < 30; round++) {
            var order = new OrderId(Ids.next());
            List<OrderEvent> history = historyOf(order, round);
            List<RecordedEvent<Event>> said = new ArrayList<>();
            var standing = Standing.toldBy(history.getFirst(), 1);
            for (int i = 0; i < history.size(); i++) {
                said.add(Said.by("order", i + 1, i + 1, NOON.plusSeconds(i), history.get(i)));
                standing = standing.and(Standing.toldBy(history.get(i), i + 1));
            }
            said.add(said.get(random.nextInt(said.size())));
            Collections.shuffle(said, random);

            int cut = random.nextInt(said.size());
            projection.apply(slot, said.subList(0, cut));
            projection.apply(slot, said.subList(cut, said.size()));

            assertThat(jdbc.sql(
                    "select number, placed_at = :noon::timestamptz as at_noon, status from order_search_%d where id = :id"
                            .formatted(slot))
                    .param("noon", NOON.toString()).param("id", order.value()).query().singleRow())
                    .as("round %d: %s", round, history).containsEntry("number", number)
                    .containsEntry("at_noon", true).containsEntry("status", standing.status());
            assertThat(find(filter(null, "MIXER-09", null, null, null))).contains(order.value());
        }
    }

    @Test
    void orderOfWhichNobodyKnowsYetThatItWasPlacedIsNotFound() {
        var order = new OrderId(Ids.next());

        projection.apply(slot, List.of(Said.by("order", 2, 2, NOON, new OrderConfirmed(order))));

        assertThat(
                search.newestFirst(new OrderFilter("CONFIRMED", null, null, null, null, null), Optional.empty(), 100))
                .extracting(Moment::id).doesNotContain(order.value());
    }

    /** As an earlier release has left it, which knew of no ids: what is heard of it next decides. */
    @Test
    void orderOfWhichAnEarlierReleaseKnewThatItIsBeingCancelledStaysSoUntilThatIsDecided() {
        var order = new OrderId(middle);
        jdbc.sql("update order_search_%d set cancellation_requested = 4, reinstated = 3 where id = :id".formatted(slot))
                .param("id", middle).update();
        assertThat(statusOf(order)).isEqualTo("CANCELLING");

        projection.apply(slot, List.of(Said.by("order", 5, 5, NOON, refusalOf(cancellation, order))));
        assertThat(statusOf(order)).isEqualTo("PENDING");

        projection.apply(slot, List.of(
                Said.by("order", 6, 6, NOON, new CancellationRequested(order, second, "too dear")),
                Said.by("order", 7, 7, NOON, refusalOf(cancellation, order))));
        assertThat(statusOf(order)).isEqualTo("CANCELLING");
    }

    /** A replica of an earlier release beside this one, during an upgrade: it notes only when an order was reinstated. */
    @Test
    void orderThatAnEarlierReleaseHearsToBeReinstatedIsNotCancelledForEver() {
        var order = new OrderId(middle);
        projection.apply(slot, List.of(
                Said.by("order", 5, 5, NOON, new CancellationRequested(order, cancellation, "changed my mind"))));
        assertThat(statusOf(order)).isEqualTo("CANCELLING");

        jdbc.sql("update order_search_%d set reinstated = 6 where id = :id".formatted(slot)).param("id", middle)
                .update();
        assertThat(statusOf(order)).isEqualTo("PENDING");

        projection.apply(slot, List.of(
                Said.by("order", 7, 7, NOON, new CancellationRequested(order, second, "too dear"))));
        assertThat(statusOf(order)).isEqualTo("CANCELLING");
    }

    private String statusOf(OrderId order) {
        return jdbc.sql("select status from order_search_%d where id = :id".formatted(slot))
                .param("id", order.value()).query(String.class).single();
    }

    private List<OrderEvent> historyOf(OrderId order, int which) {
        List<OrderEvent> history = new ArrayList<>();
        history.add(Said.placed(order, number, customer, "MIXER-09"));
        if ((which & 1) > 0) {
            history.add(new OrderConfirmed(order));
        }
        if ((which & 2) > 0) {
            history.add(new CancellationRequested(order, cancellation, "changed my mind"));
        }
        switch (which % 5) {
            case 0 -> history.add(new OrderRejected(order, RejectionReason.TIMED_OUT));
            case 1 -> history.add(new OrderCancelled(order));
            case 2 -> history.addAll(List.of(refusalOf(cancellation, order),
                    new CancellationRequested(order, second, "too dear"),
                    refusalOf(which > 15 ? second : cancellation, order)));
            case 3 -> history.addAll(List.of(new OrderShipped(order, "T-1"), new OrderDelivered(order)));
            default -> history.add(new OrderShipped(order, "T-1"));
        }
        return history;
    }

    private static OrderReinstated refusalOf(CancellationId cancellation, OrderId order) {
        return new OrderReinstated(order, cancellation, CancellationRefusal.HANDED_OVER);
    }

    private UUID place(int minutes, String who, String... skus) {
        var order = new OrderId(Ids.next());
        projection.apply(slot, List.of(Said.by("order", 1, 1, NOON.plusSeconds(60L * minutes),
                Said.placed(order, number + minutes, who, skus))));
        return order.value();
    }

    private void confirm(UUID order) {
        projection.apply(slot, List.of(Said.by("order", 2, 2, NOON, new OrderConfirmed(new OrderId(order)))));
    }

    private List<UUID> find(OrderFilter filter) {
        return search.newestFirst(filter, Optional.empty(), 50).stream().map(Moment::id).toList();
    }

    private static OrderFilter typed(String text) {
        return new OrderFilter(null, null, null, null, null, new SearchText(text));
    }

    private OrderFilter filter(
            @Nullable String status, @Nullable String sku, @Nullable Instant from, @Nullable Instant to,
            @Nullable String text) {
        return new OrderFilter(status, new CustomerId(customer), sku == null ? null : new Sku(sku), from, to,
                text == null ? null : new SearchText(text));
    }
}
