package dev.waybill.saga.running;

import dev.waybill.events.OrderNumber;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.saga.MovableClock;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.Patience;
import dev.waybill.saga.engine.SampleOrder;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Deadlines are looked for in a real database, by as many as like to. */
@SagaTest
@ExtendWith(OutputCaptureExtension.class)
class DeadlineSweepTest {

    @Autowired
    private RunningSagas sagas;
    @Autowired
    private DeadlineSweep sweep;
    @Autowired
    private SagaCounts counts;
    @Autowired
    private MeterRegistry meters;
    @Autowired
    private MovableClock clock;
    @Autowired
    private TransactionOperations transactions;
    @Autowired
    private JdbcClient database;

    private final SampleOrder order = SampleOrder.any();

    @BeforeEach
    void nothingElseIsDue() {
        database.sql("delete from saga").update();
    }

    @Test
    void aDeadlineThatHasPassedSendsTheCommandAgainUnderItsId() {
        sagas.startFulfillment(order.placed());
        var id = written(order).lastId("inventory.reserve-stock");
        passDeadlines();
        sweep.run();

        assertThat(written(order).commands()).containsExactly("inventory.reserve-stock", "inventory.reserve-stock");
        assertThat(written(order).lastId("inventory.reserve-stock")).isEqualTo(id);
        assertThat(written(order).journal()).endsWith("SENT_AGAIN");
    }

    /** The message that brought it is long forgotten. */
    @Test
    void whatADeadlineSendsBearsTheNumberOfTheOrder() {
        var number = new OrderNumber("W-100042");
        new MessageContext(Ids.nextMessageId(), null, null, order.orderId().toString(), 1, null, number, null)
                .run(() -> sagas.startFulfillment(order.placed()));
        passDeadlines();
        sweep.run();
        assertThat(database.sql("select order_number from outbox where message_key = ?")
                .param(order.orderId().toString()).query(String.class).list()).containsExactly("W-100042", "W-100042");
    }

    @Test
    void aDeadlineThatHasNotPassedIsLeftAlone() {
        sagas.startFulfillment(order.placed());
        sweep.run();
        assertThat(written(order).commands()).hasSize(1);
    }

    @Test
    void moreDeadlinesThanOneTransactionTakesAreWorkedOffAtOnce() {
        List<SampleOrder> orders = startTogether(230);
        passDeadlines();
        sweep.run();
        assertThat(orders).allSatisfy(each -> assertThat(written(each).commands()).hasSize(2));
    }

    @Test
    void twoThatSweepAtTheSameTimeTakeEachDeadlineOnce() throws Exception {
        List<SampleOrder> orders = startTogether(60);
        passDeadlines();
        var bothHaveTakenTheirs = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> both = Stream
                    .generate(() -> threads.submit(() -> sweepAndWait(40, bothHaveTakenTheirs))).limit(2).toList();
            // How many each gets is chance: they may lock in turn.
            assertThat(both.getFirst().get() + both.getLast().get()).isEqualTo(60);
        }
        assertThat(orders).allSatisfy(each -> assertThat(written(each).commands()).hasSize(2));
    }

    @Test
    void whatSomebodyElseHasLockedIsPassedOver() {
        sagas.startFulfillment(order.placed());
        passDeadlines();
        transactions.executeWithoutResult(_ -> {
            sagas.prefetch(List.of(order.placed()));
            try (var thread = Executors.newSingleThreadExecutor()) {
                thread.execute(sweep::run);
            }
        });
        assertThat(written(order).commands()).hasSize(1);
    }

    @Test
    void aSagaThatCannotBeReadHoldsUpNoOtherAndIsToldOfWithoutItsCustomer(CapturedOutput log) {
        SampleOrder broken = SampleOrder.any();
        sagas.startFulfillment(broken.placed());
        database.sql(
                """
                        update saga set data = '{"shippingAddress": "Alice Doe, 1 Main St"}', deadline = '2000-01-01' where order_id = ?""")
                .param(broken.orderId().value()).update();
        sagas.startFulfillment(order.placed());
        passDeadlines();
        sweep.run();
        assertThat(written(order).commands()).hasSize(2);
        assertThat(written(broken).commands()).hasSize(1);
        assertThat(log).contains("it cannot be moved", "Told without its words").doesNotContain("Alice Doe");
    }

    @Test
    void aSagaThatCouldNotBeReadIsTriedAgainSomeMinutesLater() {
        sagas.startFulfillment(order.placed());
        String data = database.sql("select data from saga").query(String.class).single();
        database.sql("update saga set data = '{}'").update();
        passDeadlines();
        sweep.run();
        assertThat(written(order).commands()).hasSize(1);

        database.sql("update saga set data = :data::jsonb").param("data", data).update();
        sweep.run();
        assertThat(written(order).commands()).as("passed over").hasSize(1);
        clock.putForward(Duration.ofMinutes(5));
        sweep.run();
        assertThat(written(order).commands()).hasSize(2);
    }

    @Test
    void aSagaUnderADefinitionThatIsNotKnownHereIsLeftToOthers() {
        sagas.startFulfillment(order.placed());
        database.sql("update saga set definition_version = 99").update();
        passDeadlines();
        assertThat(sagas.timeOut(10, Set.of())).isZero();
    }

    @Test
    void aStepThatNobodyAnswersIsGivenUpAndUndoneInTheEnd() {
        sagas.startFulfillment(order.placed());
        for (int attempt = 1; attempt <= Patience.TENTATIVE.attempts(); attempt++) {
            clock.putForward(Duration.ofMinutes(5));
            sweep.run();
        }
        assertThat(written(order).commands()).hasSize(Patience.TENTATIVE.attempts() + 1)
                .endsWith("inventory.release-stock");
        assertThat(written(order).journal()).contains("IN_DOUBT", "COMPENSATING");
    }

    @Test
    void aSagaThatOnlyAsksAgainIsOverdueInTheEndAndNotAnyMoreWhenItComesFurther() {
        sagas.startFulfillment(order.placed());
        counts.refresh();
        assertThat(overdue()).isZero();
        for (int minutes = 0; minutes < 10; minutes++) {
            clock.putForward(Duration.ofMinutes(1));
            sweep.run();
        }
        counts.refresh();
        assertThat(written(order).journal()).endsWith("SENT_AGAIN");
        assertThat(overdue()).isEqualTo(1);

        written(order).answer(sagas, order.stockReserved(), "inventory.reserve-stock");
        counts.refresh();
        assertThat(overdue()).isZero();
    }

    @Test
    void aStuckSagaIsCountedAsStuckAndNotAsOverdue() {
        sagas.startFulfillment(order.placed());
        database.sql("update saga set status = 'STUCK'").update();
        clock.putForward(Duration.ofHours(1));
        counts.refresh();
        assertThat(overdue()).isZero();
        assertThat(meters.get("saga.stuck").gauge().value()).isEqualTo(1);
    }

    private double overdue() {
        return meters.get("saga.overdue").gauge().value();
    }

    private int sweepAndWait(int limit, CyclicBarrier barrier) {
        Integer taken = transactions.execute(_ -> {
            int moved = sagas.timeOut(limit, Set.of());
            try {
                barrier.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("The other did not get any", e);
            }
            return moved;
        });
        return taken == null ? 0 : taken;
    }

    private List<SampleOrder> startTogether(int count) {
        List<SampleOrder> orders = Stream.generate(SampleOrder::any).limit(count).toList();
        transactions.executeWithoutResult(_ -> orders.forEach(each -> sagas.startFulfillment(each.placed())));
        return orders;
    }

    private void passDeadlines() {
        clock.putForward(Duration.ofMinutes(1));
    }

    private Written written(SampleOrder of) {
        return new Written(database, of);
    }
}
