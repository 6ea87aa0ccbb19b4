package dev.waybill.saga.running;

import dev.waybill.events.CancellationId;
import dev.waybill.events.Event;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.RefundId;
import dev.waybill.events.RestockId;
import dev.waybill.messaging.Ids;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.SampleOrder;
import dev.waybill.saga.engine.Status;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a cancellation comes to depends on how far the fulfillment is, and is decided under its lock: shown on a real database. */
@SagaTest
class CancellingOrdersTest {

    private static final String CANCELLATION = "order-cancellation";

    @Autowired
    private RunningSagas sagas;
    @Autowired
    private CancellingOrders cancelling;
    @Autowired
    private TransactionOperations transactions;
    @Autowired
    private JdbcClient database;

    private final SampleOrder order = SampleOrder.any();
    private final CancellationId id = new CancellationId(Ids.next());

    @Nested
    class BeforeTheCaptureIsCommanded {

        @Test
        void theFulfillmentTurnsBackAndTheOrderIsCancelled() {
            untilAuthorizing();
            cancel(id);
            assertThat(written().status()).isEqualTo(Status.COMPENSATING);
            answer(order.voided(), "payment.void");
            answer(order.stockReleased(), "inventory.release-stock");
            answer(order.orderCancelled(), "order.cancel");

            assertThat(written().commands()).containsExactly("inventory.reserve-stock", "payment.authorize",
                    "payment.void", "inventory.release-stock", "order.cancel");
            assertThat(written().status()).isEqualTo(Status.COMPENSATED);
            assertThat(written().sagas(CANCELLATION)).isEmpty();
        }

        @Test
        void itTurnsBackInTheVeryBatchInWhichItWasPlaced() {
            transactions.executeWithoutResult(_ -> {
                sagas.prefetch(List.of(order.placed(), order.cancellationRequested(id)));
                sagas.startFulfillment(order.placed());
                cancel(id);
            });
            assertThat(written().status()).isEqualTo(Status.COMPENSATING);
            assertThat(written().commands()).containsExactly("inventory.reserve-stock", "inventory.release-stock");
        }

        @Test
        void theJournalNamesTheCancellationAndKeepsNothingOfTheCustomersWords() {
            untilAuthorizing();
            cancel(id);
            assertThat(written().journal()).contains("CALLED_OFF");
            assertThat(written().details()).anySatisfy(detail -> assertThat(detail).contains(id.toString()))
                    .allSatisfy(detail -> assertThat(detail).doesNotContain("Alice"));
        }

        @Test
        void toldAgainItChangesNothing() {
            untilAuthorizing();
            cancel(id);
            cancel(id);
            assertThat(written().commands()).endsWith("payment.authorize", "payment.void");
            assertThat(written().status()).isEqualTo(Status.COMPENSATING);
        }
    }

    @Test
    void aFulfillmentThatIsUndoneForAReasonOfItsOwnRejectsTheOrder() {
        untilAuthorizing();
        answer(order.declined(), "payment.authorize");
        cancel(id);
        assertThat(written().journal()).endsWith("CANCELLATION_NOTED");
        answer(order.stockReleased(), "inventory.release-stock");
        answer(order.rejected(RejectionReason.PAYMENT_DECLINED), "order.reject");
        cancel(id);

        assertThat(written().status()).isEqualTo(Status.COMPENSATED);
        assertThat(written().commands()).endsWith("inventory.release-stock", "order.reject");
    }

    @Nested
    class OnceTheCaptureIsCommanded {

        @Test
        void theOutcomeIsAwaitedAndTheCancellationBeginsInTheTransactionThatCompletes() {
            untilCapturing();
            cancel(id);
            assertThat(written().commands()).endsWith("payment.capture");
            answer(order.captured(), "payment.capture");
            answer(order.stockCommitted(), "inventory.commit-stock");
            answer(order.dispatched(), "shipping.dispatch-shipment");
            assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> {
                answer(order.confirmed(), "order.confirm");
                throw new IllegalStateException("on purpose");
            })).hasMessage("on purpose");
            assertThat(written().status()).isEqualTo(Status.RUNNING);
            assertThat(written().sagas(CANCELLATION)).isEmpty();

            answer(order.confirmed(), "order.confirm");
            assertThat(written().status()).isEqualTo(Status.COMPLETED);
            assertThat(written().sagas(CANCELLATION)).singleElement()
                    .satisfies(saga -> assertThat(saga.reference()).isEqualTo(id.value()));
            assertThat(written().commands()).endsWith("order.confirm", "shipping.cancel-shipment");
        }

        @Test
        void aCaptureThatIsRefusedThenCancelsTheOrder() {
            untilCapturing();
            cancel(id);
            answer(order.captureRefused(), "payment.capture");
            answer(order.cancelled(), "shipping.cancel-shipment");
            answer(order.voided(), "payment.void");
            answer(order.stockReleased(), "inventory.release-stock");
            answer(order.orderCancelled(), "order.cancel");
            assertThat(written().status()).isEqualTo(Status.COMPENSATED);
            assertThat(written().sagas(CANCELLATION)).isEmpty();
        }

        @Test
        void toldAgainItIsNotedOnce() {
            untilCapturing();
            cancel(id);
            cancel(id);
            assertThat(written().journal()).containsOnlyOnce("CANCELLATION_NOTED");
            assertThat(written().journal()).endsWith("CANCELLATION_NOTED");
        }
    }

    @Nested
    class OfAnOrderThatIsFulfilled {

        @Test
        void beginsAtOnceAndEndsInTheOrderBeingCancelled() {
            untilCompleted();
            cancel(id);
            answer(order.cancelled(), "shipping.cancel-shipment");
            answer(order.refunded(new RefundId(id.value())), "payment.refund");
            answer(order.restocked(new RestockId(id.value())), "inventory.restock");
            answer(order.orderCancelled(), "order.cancel");

            assertThat(written().status(CANCELLATION)).isEqualTo(Status.COMPLETED);
            assertThat(written().commands()).endsWith(
                    "shipping.cancel-shipment", "payment.refund", "inventory.restock", "order.cancel");
            assertThat(written().status()).isEqualTo(Status.COMPLETED);
        }

        @Test
        void toldAgainBeginsOnce() {
            untilCompleted();
            cancel(id);
            cancel(id);
            assertThat(written().sagas(CANCELLATION)).hasSize(1);
        }

        @Test
        void oneThatWasRefusedMayBeFollowedByAnother() {
            untilCompleted();
            cancel(id);
            answer(order.cancellationRefused(), "shipping.cancel-shipment");
            answer(order.reinstated(id), "order.reinstate");
            assertThat(written().status(CANCELLATION)).isEqualTo(Status.COMPENSATED);

            cancel(new CancellationId(Ids.next()));
            cancel(id);
            assertThat(written().sagas(CANCELLATION)).extracting(Written.Row::status)
                    .containsExactly(Status.COMPENSATED, Status.RUNNING);
        }
    }

    @Test
    void ofAnOrderThatNothingFulfillsIsLeftToAPerson() {
        assertThatThrownBy(() -> cancel(id)).hasMessageContaining("there is no saga that fulfills it");
    }

    @Test
    void thatRacesTheLastAnswerBeforeTheCaptureTurnsBackOrWaitsAndNeverBoth() throws Exception {
        for (int round = 0; round < 10; round++) {
            SampleOrder next = SampleOrder.any();
            var facts = new Written(database, next);
            sagas.startFulfillment(next.placed());
            facts.answer(sagas, next.stockReserved(), "inventory.reserve-stock");
            facts.answer(sagas, next.authorized(), "payment.authorize");
            race(() -> facts.answer(sagas, next.booked(), "shipping.book-shipment"),
                    () -> cancelling.requested(next.cancellationRequested(id)));

            boolean turnedBack = facts.journal().contains("CALLED_OFF");
            assertThat(facts.commands()).last()
                    .isEqualTo(turnedBack ? "shipping.cancel-shipment" : "payment.capture");
            assertThat(facts.journal().contains("CANCELLATION_NOTED")).isEqualTo(!turnedBack);
        }
    }

    private static void race(Runnable one, Runnable other) throws InterruptedException, ExecutionException {
        var both = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> running = List.of(
                    threads.submit(() -> together(both, one)), threads.submit(() -> together(both, other)));
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private static void together(CyclicBarrier barrier, Runnable task) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException("The other did not come", e);
        }
        task.run();
    }

    private void untilAuthorizing() {
        sagas.startFulfillment(order.placed());
        answer(order.stockReserved(), "inventory.reserve-stock");
    }

    private void untilCapturing() {
        untilAuthorizing();
        answer(order.authorized(), "payment.authorize");
        answer(order.booked(), "shipping.book-shipment");
    }

    private void untilCompleted() {
        untilCapturing();
        answer(order.captured(), "payment.capture");
        answer(order.stockCommitted(), "inventory.commit-stock");
        answer(order.dispatched(), "shipping.dispatch-shipment");
        answer(order.confirmed(), "order.confirm");
    }

    private void cancel(CancellationId cancellation) {
        cancelling.requested(order.cancellationRequested(cancellation));
    }

    private void answer(Event answer, String command) {
        written().answer(sagas, answer, command);
    }

    private Written written() {
        return new Written(database, order);
    }
}
