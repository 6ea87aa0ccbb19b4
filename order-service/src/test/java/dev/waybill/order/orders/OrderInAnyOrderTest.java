package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import dev.waybill.events.OrderEvent;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.messaging.Ids;
import dev.waybill.order.orders.Parcel.Progress;
import dev.waybill.order.orders.Scanned.Said;
import org.junit.jupiter.api.RepeatedTest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static dev.waybill.order.orders.OrderFixtures.LATER;
import static dev.waybill.order.orders.OrderFixtures.SCAN;
import static dev.waybill.order.orders.OrderFixtures.STATED_REASON;
import static dev.waybill.order.orders.OrderFixtures.TRACKING_NUMBER;
import static dev.waybill.order.orders.OrderFixtures.pendingOrder;
import static org.assertj.core.api.Assertions.assertThat;

/** Facts and commands in any order, as often as they like: what has been said never contradicts itself. */
class OrderInAnyOrderTest {

    private static final int ORDERS = 2_000;
    private static final List<OrderStatus> FORWARD = List
            .of(OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.SHIPPED, OrderStatus.DELIVERED);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @RepeatedTest(5)
    void whatWasSaidIsTrueAndSaidOnce() {
        Set<OrderStatus> reached = new HashSet<>();
        for (int i = 0; i < ORDERS; i++) {
            Run run = new Run();
            int steps = 1 + random.nextInt(20);
            for (int step = 0; step < steps; step++) {
                run.step();
            }
            run.check();
            reached.add(run.order.status());
        }
        assertThat(reached).as("seed %d", seed).containsExactlyInAnyOrder(OrderStatus.values());
    }

    private final class Run {

        private final Order order = pendingOrder();
        private final List<CancellationId> asked = new ArrayList<>();
        private final List<OrderEvent> said = new ArrayList<>();
        private final List<String> story = new ArrayList<>();
        private int furthest;

        void step() {
            OrderStatus before = order.status();
            List<OrderEvent> now = new ArrayList<>();
            int choice = random.nextInt(7);
            try {
                switch (choice) {
                    case 0 -> {
                        Order.Confirmed confirmed = order.confirm(LATER);
                        now.add(confirmed.answer());
                        confirmed.waited().forEach(news -> now.add(news.event()));
                    }
                    case 1 -> {
                        // Rarer than the rest: it ends the story.
                        if (random.nextInt(4) == 0) {
                            now.add(order.reject(RejectionReason.OUT_OF_STOCK, LATER));
                        }
                    }
                    case 2 -> {
                        if (random.nextInt(4) == 0) {
                            now.add(order.cancel(LATER));
                        }
                    }
                    case 3 -> {
                        if (!asked.isEmpty()) {
                            now.add(order.reinstate(asked.get(random.nextInt(asked.size())),
                                    CancellationRefusal.HANDED_OVER, LATER));
                        }
                    }
                    case 4 -> {
                        var id = new CancellationId(Ids.next());
                        if (order.requestCancellation(id, STATED_REASON,
                                LATER) instanceof CancellationOutcome.Requested requested) {
                            asked.add(id);
                            now.add(requested.event());
                        }
                    }
                    case 5 -> scan(Progress.HANDED_OVER, now);
                    case 6 -> scan(Progress.DELIVERED, now);
                    default -> throw new AssertionError(choice);
                }
            } catch (IllegalStateException refused) {
                assertThat(order.status()).as(where()).isEqualTo(before);
                return;
            }
            said.addAll(now);
            story.add("%d: %s -> %s %s".formatted(choice, before, order.status(), now));
            assertThat(order.status()).as(where())
                    .satisfies(status -> assertThat(isEnded(before) && status != before).isFalse());
            if (FORWARD.contains(order.status())) {
                assertThat(FORWARD.indexOf(order.status())).as(where()).isGreaterThanOrEqualTo(furthest);
                furthest = FORWARD.indexOf(order.status());
            }
        }

        private void scan(Progress at, List<OrderEvent> now) {
            if (order.scanned(at, TRACKING_NUMBER, SCAN, LATER) instanceof Said news) {
                news.news().forEach(one -> now.add(one.event()));
            }
        }

        void check() {
            boolean confirmed = has(OrderConfirmed.class);
            boolean rejected = has(OrderRejected.class);
            boolean cancelled = has(OrderCancelled.class);
            assertThat(confirmed && rejected).as(where()).isFalse();
            assertThat(rejected && cancelled).as(where()).isFalse();
            assertThat(order.status() == OrderStatus.REJECTED).as(where()).isEqualTo(rejected);
            assertThat(order.status() == OrderStatus.CANCELLED).as(where()).isEqualTo(cancelled);
            assertThat(count(OrderShipped.class)).as(where()).isLessThanOrEqualTo(1);
            assertThat(count(OrderDelivered.class)).as(where()).isLessThanOrEqualTo(1);
            if (has(OrderDelivered.class)) {
                assertThat(first(OrderShipped.class)).as(where()).isBetween(0, first(OrderDelivered.class));
            }
            if (has(OrderShipped.class)) {
                assertThat(first(OrderConfirmed.class)).as(where()).isBetween(0, first(OrderShipped.class));
            }
            switch (order.status()) {
                case PENDING -> assertThat(confirmed).as(where()).isFalse();
                case CONFIRMED -> {
                    assertThat(confirmed).as(where()).isTrue();
                    assertThat(has(OrderShipped.class)).as(where()).isFalse();
                }
                case SHIPPED -> {
                    assertThat(has(OrderShipped.class)).as(where()).isTrue();
                    assertThat(has(OrderDelivered.class)).as(where()).isFalse();
                }
                case DELIVERED -> assertThat(has(OrderDelivered.class)).as(where()).isTrue();
                case CANCELLING -> assertThat(asked).as(where()).isNotEmpty();
                case REJECTED, CANCELLED -> assertThat(order.reason()).as(where()).isNotNull();
            }
        }

        private boolean isEnded(OrderStatus status) {
            return status == OrderStatus.REJECTED || status == OrderStatus.CANCELLED;
        }

        private boolean has(Class<? extends OrderEvent> type) {
            return count(type) > 0;
        }

        private long count(Class<? extends OrderEvent> type) {
            return said.stream().filter(type::isInstance).count();
        }

        private int first(Class<? extends OrderEvent> type) {
            return said.indexOf(said.stream().filter(type::isInstance).findFirst().orElse(null));
        }

        private String where() {
            return "seed %d, %s".formatted(seed, story);
        }
    }
}
