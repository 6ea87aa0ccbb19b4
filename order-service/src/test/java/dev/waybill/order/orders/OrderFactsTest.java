package dev.waybill.order.orders;

import dev.waybill.events.OrderEvent.RejectionReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static dev.waybill.order.orders.OrderFixtures.LATER;
import static dev.waybill.order.orders.OrderFixtures.MUCH_LATER;
import static dev.waybill.order.orders.OrderFixtures.askToCancel;
import static dev.waybill.order.orders.OrderFixtures.pendingOrder;
import static org.assertj.core.api.Assertions.assertThat;

class OrderFactsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OrderFacts facts = new OrderFacts(meters);
    private final Order order = pendingOrder();

    @BeforeEach
    void beginTransaction() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void endTransaction() {
        TransactionSynchronizationManager.clearSynchronization();
    }

    @Test
    void everyFactIsThereAtNoughtBeforeTheFirst() {
        assertThat(count("orders.placed")).isZero();
        assertThat(count("orders.confirmed")).isZero();
        assertThat(count("orders.cancelled")).isZero();
        assertThat(meters.find("orders.rejected").counters()).hasSameSizeAs(RejectionReason.values());
    }

    @Test
    void nothingIsCountedThatIsNotCommitted() {
        facts.placed(order);
        facts.counting(order, () -> order.confirm(LATER));
        assertThat(count("orders.placed")).isZero();
        assertThat(count("orders.confirmed")).isZero();
    }

    @Test
    void aConfirmedOrderCountsOnceWithItsAmountHoweverOftenItIsConfirmed() {
        facts.placed(order);
        facts.counting(order, () -> order.confirm(LATER));
        facts.counting(order, () -> order.confirm(MUCH_LATER));
        commit();
        assertThat(count("orders.placed")).isOne();
        assertThat(count("orders.confirmed")).isOne();
        assertThat(meters.get("orders.confirmed.amount.minor").tag("currency", "EUR").counter().count())
                .isEqualTo(2 * 12999);
    }

    @Test
    void aRejectedOrderCountsOnceUnderItsReason() {
        facts.counting(order, () -> order.reject(RejectionReason.OUT_OF_STOCK, LATER));
        facts.counting(order, () -> order.reject(RejectionReason.OUT_OF_STOCK, MUCH_LATER));
        commit();
        assertThat(meters.get("orders.rejected").tag("reason", "OUT_OF_STOCK").counter().count()).isOne();
        assertThat(count("orders.confirmed")).isZero();
    }

    @Test
    void oneThatWasConfirmedAndThenCancelledCountsAsBoth() {
        facts.counting(order, () -> order.confirm(LATER));
        askToCancel(order);
        facts.counting(order, () -> order.cancel(MUCH_LATER));
        commit();
        assertThat(count("orders.confirmed")).isOne();
        assertThat(count("orders.cancelled")).isOne();
    }

    private double count(String name) {
        return meters.get(name).counter().count();
    }

    private static void commit() {
        TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
    }
}
