package dev.waybill.order.orders;

import dev.waybill.events.CancellationId;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.messaging.Ids;
import dev.waybill.order.orders.Parcel.Progress;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static dev.waybill.order.orders.OrderFixtures.LATER;
import static dev.waybill.order.orders.OrderFixtures.MUCH_LATER;
import static dev.waybill.order.orders.OrderFixtures.SCAN;
import static dev.waybill.order.orders.OrderFixtures.STATED_REASON;
import static dev.waybill.order.orders.OrderFixtures.TRACKING_NUMBER;
import static dev.waybill.order.orders.OrderFixtures.pendingOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Every command and every fact in every situation: where the order stands after it, or that it is refused. */
class OrderSituationsTest {

    /**
     * The columns: what had happened; then confirm, reject, cancel, reinstate, a wish to cancel, hand-over, delivery.
     * {@code =} stands for "as it was, and is answered", {@code !} for "as it was, and is refused with an exception".
     */
    private static final String TABLE = """
            -                  | CONFIRMED  REJECTED  CANCELLED  !          CANCELLING  PENDING     PENDING
            seen               | SHIPPED    REJECTED  CANCELLED  !          =           =           PENDING
            arrived            | DELIVERED  REJECTED  CANCELLED  !          =           =           =
            confirm            | =          !         !          !          CANCELLING  SHIPPED     DELIVERED
            confirm seen       | =          !         !          !          =           =           DELIVERED
            confirm arrived    | =          !         !          !          =           =           =
            ask                | CANCELLING REJECTED  CANCELLED  PENDING    =           CANCELLING  CANCELLING
            ask seen           | CANCELLING REJECTED  CANCELLED  PENDING    =           =           CANCELLING
            confirm ask        | =          !         CANCELLED  CONFIRMED  =           CANCELLING  CANCELLING
            ask confirm        | =          !         CANCELLED  CONFIRMED  =           CANCELLING  CANCELLING
            confirm ask seen   | =          !         CANCELLED  SHIPPED    =           =           CANCELLING
            seen ask confirm   | =          !         !          !          =           =           DELIVERED
            ask arrived confirm| =          !         CANCELLED  DELIVERED  =           =           =
            ask refuse         | CONFIRMED  REJECTED  CANCELLED  =          CANCELLING  PENDING     PENDING
            ask refuse confirm | =          !         !          =          CANCELLING  SHIPPED     DELIVERED
            reject             | !          =         !          !          =           =           =
            ask reject         | !          =         !          !          =           =           =
            cancel             | !          !         =          !          =           =           =
            ask cancel         | !          !         =          !          =           =           =
            confirm ask cancel | =          !         =          !          =           =           =
            ask refuse cancel  | !          !         =          =          =           =           =
            """;

    private static final List<String> COLUMNS = List
            .of("confirm", "reject", "cancel", "refuse", "ask", "seen", "arrived");

    @TestFactory
    Stream<DynamicTest> situations() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String row : TABLE.strip().split("\n", -1)) {
            String history = row.substring(0, row.indexOf('|')).strip();
            String[] cells = row.substring(row.indexOf('|') + 1).strip().split(" +", -1);
            assertThat(cells).as(row).hasSize(COLUMNS.size());
            for (int i = 0; i < cells.length; i++) {
                String next = COLUMNS.get(i);
                String expected = cells[i];
                tests.add(DynamicTest.dynamicTest("%s, then %s: %s".formatted(history, next, expected),
                        () -> new Story(history).then(next, expected)));
            }
        }
        return tests.stream();
    }

    /** An order and what happened to it. */
    private static final class Story {

        private final Order order = pendingOrder();
        private CancellationId lastAskedFor = new CancellationId(Ids.next());

        Story(String history) {
            Arrays.stream(history.split(" ", -1)).filter(word -> !word.equals("-"))
                    .forEach(word -> happens(word, LATER));
        }

        void then(String word, String expected) {
            OrderStatus before = order.status();
            if (expected.equals("!")) {
                assertThatIllegalStateException().isThrownBy(() -> happens(word, MUCH_LATER))
                        .withMessageContaining("is " + before + " and cannot be");
            } else {
                happens(word, MUCH_LATER);
            }
            assertThat(order.status())
                    .isEqualTo(expected.length() == 1 ? before : OrderStatus.valueOf(expected));
            assertThat(order.updatedAt()).isEqualTo(expected.length() == 1 ? updatedBefore(before) : MUCH_LATER);
            assertThat(order.reason() != null)
                    .isEqualTo(order.status() == OrderStatus.REJECTED || order.status() == OrderStatus.CANCELLED);
        }

        private Instant updatedBefore(OrderStatus status) {
            return status == OrderStatus.PENDING && order.updatedAt().equals(OrderFixtures.PLACED_AT)
                    ? OrderFixtures.PLACED_AT
                    : LATER;
        }

        private void happens(String word, Instant at) {
            switch (word) {
                case "confirm" -> order.confirm(at);
                case "reject" -> order.reject(RejectionReason.OUT_OF_STOCK, at);
                case "cancel" -> order.cancel(at);
                case "refuse" -> order.reinstate(lastAskedFor, CancellationRefusal.HANDED_OVER, at);
                case "seen" -> order.scanned(Progress.HANDED_OVER, TRACKING_NUMBER, SCAN, at);
                case "arrived" -> order.scanned(Progress.DELIVERED, TRACKING_NUMBER, SCAN, at);
                case "ask" -> {
                    var id = new CancellationId(Ids.next());
                    if (order.requestCancellation(id, STATED_REASON,
                            at) instanceof CancellationOutcome.Requested) {
                        lastAskedFor = id;
                    }
                }
                default -> throw new IllegalArgumentException(word);
            }
        }
    }
}
