package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Fact.Acknowledgement;
import dev.waybill.system.auditor.evidence.Fact.Amount;
import dev.waybill.system.auditor.evidence.Fact.Asked;
import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.auditor.evidence.Fact.Order;
import dev.waybill.system.auditor.evidence.Fact.Saga;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.UnaryOperator;

import static dev.waybill.system.auditor.rules.RuleAssert.assertRed;
import static org.assertj.core.api.Assertions.assertThat;

class SettlementRulesTest {

    private static final Amount PRICE = new Amount(1380, "EUR");
    private static final List<Line> LINES = List.of(new Line("FILTER-04", 2));

    private final Situation situation = new Situation();

    @Test
    void anAcknowledgedOrderIsKept() {
        asked("carol", "key-9", "order-9");

        assertRed(situation, "I3 what was acknowledged is there as it was asked for", "order-9", "is in no database");
    }

    @Test
    void anAcknowledgedOrderIsTheOneThatWasAskedFor() {
        spoil(Situation.CONFIRMED, order -> new Order(order.orderId(), order.customerId(), order.status(), null, PRICE,
                List.of(new Line("FILTER-04", 3)), order.placedAt(), 2));

        assertRed(situation, "I3 what was acknowledged is there as it was asked for", Situation.CONFIRMED,
                "but is kept as");
        assertRed(situation, "I3 the stock agrees with the order", Situation.CONFIRMED, "were taken from stock");
    }

    @Test
    void aKeyIsGoodForOneOrder() {
        asked("alice", "key of order-1", "order-9");

        assertRed(situation, "I3 the same key gives the same order", "order-9", "2 orders");
    }

    @Test
    void anOrderIsNotPlacedTwice() {
        situation.orders.add(
                new Order("order-9", "alice", "CONFIRMED", null, PRICE, LINES, Situation.NOON.plusSeconds(1), 2));

        assertRed(situation, "I3 no order is there that nobody asked for", "order-9", "asked only 0 times");
    }

    @Test
    void anOrderWhoseAnswerWasLostMayBeThere() {
        situation.orders.add(
                new Order("order-9", "alice", "CONFIRMED", null, PRICE, LINES, Situation.NOON.plusSeconds(1), 2));
        asked("alice", "key-9", null);

        assertThat(situation.findings()).extracting(Finding::rule)
                .doesNotContain("I3 no order is there that nobody asked for");
    }

    @Test
    void anOrderIsSettledOnce() {
        situation.event(Situation.CONFIRMED, "order", "order", "rejected", null);

        assertRed(situation, "I3 every order is settled once", Situation.CONFIRMED, "what was told is");
    }

    @Test
    void whatIsToldIsWhatIsKept() {
        spoil(Situation.CONFIRMED,
                order -> new Order(order.orderId(), order.customerId(), "REJECTED", "OUT_OF_STOCK", PRICE,
                        LINES, order.placedAt(), 2));

        assertRed(situation, "I3 every order is settled once", Situation.CONFIRMED, "dev.waybill.order.confirmed.v1");
        assertRed(situation, "I3 the stock agrees with the order", Situation.CONFIRMED,
                "is REJECTED, its reservation COMMITTED");
        assertRed(situation, "I3 the payment agrees with the order", Situation.CONFIRMED,
                "is REJECTED, its payment CAPTURED");
        assertRed(situation, "I3 the shipment agrees with the order", Situation.CONFIRMED,
                "is REJECTED, its shipment DISPATCHED");
    }

    @Test
    void everyOrderHasOneSaga() {
        Situation.remove(situation.sagas, saga -> saga.orderId().equals(Situation.CONFIRMED));

        assertRed(situation, "I3 the saga ended as the order did", Situation.CONFIRMED, "has 0 fulfillment sagas");
    }

    @Test
    void theSagaEndsAsTheOrderDid() {
        Situation.replace(situation.sagas, saga -> saga.orderId().equals(Situation.REJECTED),
                saga -> new Saga(saga.id(), saga.type(), saga.orderId(), "STUCK", "authorize payment"));

        assertRed(situation, "I3 the saga ended as the order did", Situation.REJECTED, "STUCK at 'authorize payment'");
    }

    private void asked(String customerId, String key, @Nullable String orderId) {
        situation.asked.add(new Asked(Situation.NOON, key, customerId, LINES,
                orderId == null ? null : new Acknowledgement(orderId, PRICE)));
    }

    private void spoil(String orderId, UnaryOperator<Order> by) {
        Situation.replace(situation.orders, order -> order.orderId().equals(orderId), by);
    }
}
