package dev.waybill.order.search;

import dev.waybill.events.CancellationId;
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
import dev.waybill.messaging.Ids;
import dev.waybill.order.Said;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class StandingTest {

    private static final OrderId ORDER = new OrderId(Ids.next());
    private static final OrderEvent PLACED = Said.placed(ORDER, "W-100042", "alice", "ESPRESSO-01");
    private static final OrderEvent CONFIRMED = new OrderConfirmed(ORDER);
    private static final OrderEvent SHIPPED = new OrderShipped(ORDER, "T-1");
    private static final OrderEvent DELIVERED = new OrderDelivered(ORDER);
    private static final OrderEvent REJECTED = new OrderRejected(ORDER, RejectionReason.OUT_OF_STOCK);
    private static final OrderEvent CANCELLED = new OrderCancelled(ORDER);
    private static final CancellationId CANCELLATION = new CancellationId(Ids.next());
    private static final OrderEvent REQUESTED = new CancellationRequested(ORDER, CANCELLATION, "changed my mind");
    private static final OrderEvent REINSTATED = new OrderReinstated(ORDER, CANCELLATION,
            CancellationRefusal.HANDED_OVER);
    private static final CancellationId SECOND = new CancellationId(Ids.next());
    private static final OrderEvent REQUESTED_AGAIN = new CancellationRequested(ORDER, SECOND, "too dear");
    private static final OrderEvent REINSTATED_AGAIN = new OrderReinstated(ORDER, SECOND,
            CancellationRefusal.HANDED_OVER);

    @Test
    void whatIsFartherCounts() {
        assertStanding("PENDING", PLACED);
        assertStanding("CONFIRMED", PLACED, CONFIRMED);
        assertStanding("SHIPPED", PLACED, CONFIRMED, SHIPPED);
        assertStanding("DELIVERED", PLACED, CONFIRMED, SHIPPED, DELIVERED);
        assertStanding("REJECTED", PLACED, REJECTED);
    }

    @Test
    void cancellationThatIsUnderWayCountsMoreThanTheParcel() {
        assertStanding("CANCELLING", PLACED, REQUESTED);
        assertStanding("CANCELLING", PLACED, REQUESTED, CONFIRMED, SHIPPED);
        assertStanding("CANCELLED", PLACED, REQUESTED, CONFIRMED, CANCELLED);
        assertStanding("REJECTED", PLACED, REQUESTED, REJECTED);
    }

    @Test
    void reinstatedOrderIsWhatItWasOrHasBecomeMeanwhile() {
        assertStanding("PENDING", PLACED, REQUESTED, REINSTATED);
        assertStanding("CONFIRMED", PLACED, CONFIRMED, REQUESTED, REINSTATED);
        assertStanding("SHIPPED", PLACED, CONFIRMED, REQUESTED, SHIPPED, REINSTATED);
        assertStanding("CANCELLING", PLACED, CONFIRMED, REQUESTED, REINSTATED, REQUESTED_AGAIN);
    }

    @Test
    void olderRefusalThatIsAnsweredAgainIsNoneOfTheCancellationThatIsUnderWay() {
        assertStanding("CANCELLING", PLACED, CONFIRMED, REQUESTED, REINSTATED, REQUESTED_AGAIN, REINSTATED);
        assertStanding("CONFIRMED", PLACED, CONFIRMED, REQUESTED, REINSTATED, REQUESTED_AGAIN, REINSTATED,
                REINSTATED_AGAIN);
        assertStanding("CONFIRMED", PLACED, CONFIRMED, REQUESTED, REINSTATED, REQUESTED_AGAIN, REINSTATED_AGAIN,
                REINSTATED);
        assertStanding("CANCELLED", PLACED, CONFIRMED, REQUESTED, REINSTATED, REQUESTED_AGAIN, CANCELLED,
                REINSTATED);
    }

    /** In the order in which it was said, and in many others, some of it twice. */
    private static void assertStanding(String status, OrderEvent... said) {
        List<Standing> told = new ArrayList<>();
        for (int i = 0; i < said.length; i++) {
            told.add(Standing.toldBy(said[i], i + 1));
        }
        var random = new Random(4);
        for (int i = 0; i < 50; i++) {
            assertThat(told.stream().reduce(Standing::and).orElseThrow().status()).as("%s", told).isEqualTo(status);
            Collections.shuffle(told, random);
            told.add(told.getFirst());
        }
    }
}
