package dev.waybill.saga.running;

import dev.waybill.events.Event;
import dev.waybill.events.Message;
import dev.waybill.events.MessageId;
import dev.waybill.events.OperationsEvent.CommandParked;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.MessageContext;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.SampleOrder;
import dev.waybill.saga.engine.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** State, journal, deadline and commands are written together or not at all: shown on a real database. */
@SagaTest
class RunningSagasTest {

    @Autowired
    private RunningSagas sagas;
    @Autowired
    private SagaCounts counts;
    @Autowired
    private TransactionOperations transactions;
    @Autowired
    private JdbcClient database;
    @Autowired
    private MeterRegistry meters;

    private final SampleOrder order = SampleOrder.any();

    @Nested
    class APlacedOrder {

        @Test
        void startsASagaWithItsJournalItsDeadlineAndItsFirstCommand() {
            double before = count("saga.started");
            sagas.startFulfillment(order.placed());

            Written.Row saga = written().saga().orElseThrow();
            assertThat(saga.type()).isEqualTo("order-fulfillment");
            assertThat(saga.status()).isEqualTo(Status.RUNNING);
            assertThat(saga.step()).isEqualTo("reserve stock");
            assertThat(saga.hasDeadline()).isTrue();
            assertThat(saga.version()).as("written once").isZero();
            assertThat(saga.journalSize()).isEqualTo(2);
            assertThat(written().journal()).containsExactly("STARTED", "SENT");
            assertThat(written().commands()).containsExactly("inventory.reserve-stock");
            assertThat(count("saga.started")).isEqualTo(before + 1);
        }

        @Test
        void startsNoSecondSagaWhenItIsToldAgain() {
            double before = answers("started_already");
            sagas.startFulfillment(order.placed());
            sagas.startFulfillment(order.placed());

            assertThat(written().commands()).hasSize(1);
            assertThat(answers("started_already")).isEqualTo(before + 1);
        }

        @Test
        void startsOneSagaThoughItIsToldTwiceInOneBatch() {
            transactions.executeWithoutResult(_ -> {
                sagas.prefetch(List.of(order.placed(), order.placed()));
                sagas.startFulfillment(order.placed());
                sagas.startFulfillment(order.placed());
            });
            assertThat(written().commands()).hasSize(1);
        }

        @Test
        void leavesNothingBehindWhenItsTransactionFails() {
            double before = count("saga.started");
            assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> {
                sagas.startFulfillment(order.placed());
                throw new IllegalStateException("on purpose");
            })).hasMessage("on purpose");

            assertThat(written().saga()).isEmpty();
            assertThat(written().journal()).isEmpty();
            assertThat(written().commands()).isEmpty();
            assertThat(count("saga.started")).isEqualTo(before);
        }
    }

    @Nested
    class AnAnswer {

        @Test
        void movesStateJournalDeadlineAndCommandsTogether() {
            sagas.startFulfillment(order.placed());
            written().answer(sagas, order.stockReserved(), "inventory.reserve-stock");

            Written.Row saga = written().saga().orElseThrow();
            assertThat(saga.step()).isEqualTo("authorize payment");
            assertThat(saga.version()).isEqualTo(1);
            assertThat(written().journal()).containsExactly("STARTED", "SENT", "DONE", "SENT");
            assertThat(written().commands()).containsExactly("inventory.reserve-stock", "payment.authorize");
        }

        @Test
        void changesNothingWhenItsTransactionFails() {
            sagas.startFulfillment(order.placed());
            Written.Row before = written().saga().orElseThrow();
            assertThatThrownBy(() -> transactions.executeWithoutResult(_ -> {
                written().answer(sagas, order.stockReserved(), "inventory.reserve-stock");
                throw new IllegalStateException("on purpose");
            })).hasMessage("on purpose");

            assertThat(written().saga()).contains(before);
            assertThat(written().journal()).containsExactly("STARTED", "SENT");
            assertThat(written().commands()).containsExactly("inventory.reserve-stock");
        }

        @Test
        void thatComesTwiceIsCountedAndNotedAndSendsNothing() {
            sagas.startFulfillment(order.placed());
            written().answer(sagas, order.stockReserved(), "inventory.reserve-stock");
            double before = answers("duplicate");
            written().answer(sagas, order.stockReserved(), "inventory.reserve-stock");

            assertThat(answers("duplicate")).isEqualTo(before + 1);
            assertThat(written().journal()).endsWith("DUPLICATE_ANSWER");
            assertThat(written().commands()).hasSize(2);
        }

        @Test
        void saidInNoSagaIsCountedAndPassedOver() {
            sagas.startFulfillment(order.placed());
            double before = answers("no_saga");
            answerIn(null, order.stockReserved());
            answerIn(new SagaId(UUID.randomUUID()), order.stockReserved());
            sagas.answer(order.stockReserved());

            assertThat(answers("no_saga")).isEqualTo(before + 3);
            assertThat(written().journal()).containsExactly("STARTED", "SENT");
        }

        private void answerIn(@Nullable SagaId saga, Event event) {
            new MessageContext(Ids.nextMessageId(), Ids.nextMessageId(), saga, "an order", 1, null)
                    .run(() -> sagas.answer(event));
        }
    }

    @Nested
    class AParkedCommand {

        @Test
        void showsInTheJournalAtTheStepThatWaitsAndMovesNothing() {
            sagas.startFulfillment(order.placed());
            Written.Row before = written().saga().orElseThrow();
            var command = written().lastId("inventory.reserve-stock");
            park(written().context(command), command);

            Written.Row after = written().saga().orElseThrow();
            assertThat(after.status()).isEqualTo(Status.RUNNING);
            assertThat(after.step()).isEqualTo(before.step());
            assertThat(after.data()).isEqualTo(before.data());
            assertThat(after.hasDeadline()).isTrue();
            assertThat(written().commands()).containsExactly("inventory.reserve-stock");
            assertThat(database.sql("""
                    select concat_ws(' | ', step, kind, detail, message_id) from saga_journal
                    where saga_id = ? order by seq desc limit 1""").param(after.id()).query(String.class).single())
                    .isEqualTo("reserve stock | PARKED | /inventory-service has parked it | " + command);
        }

        @Test
        void isAnsweredOnceAPersonHasSeenToIt() {
            sagas.startFulfillment(order.placed());
            var command = written().lastId("inventory.reserve-stock");
            park(written().context(command), command);
            written().answer(sagas, order.stockReserved(), "inventory.reserve-stock");

            assertThat(written().journal()).containsExactly("STARTED", "SENT", "PARKED", "DONE", "SENT");
        }

        @Test
        void ofNoSagaIsCountedAndPassedOver() {
            double before = answers("no_saga");
            var command = Ids.nextMessageId();
            var context = new MessageContext(Ids.nextMessageId(), command, new SagaId(UUID.randomUUID()), "x", 1, null);
            park(context, command);

            assertThat(answers("no_saga")).isEqualTo(before + 1);
        }

        private void park(MessageContext context, MessageId command) {
            context.run(() -> sagas.parked(new CommandParked(order.orderId(), command, "/inventory-service")));
        }
    }

    @Nested
    class AWholeSaga {

        @Test
        void endsCompletedAndForgetsTheAddress() {
            untilCaptured();
            assertThat(written().saga().orElseThrow().data()).contains("1 Main St");
            double before = count("saga.finished", "outcome", "completed");

            written().answer(sagas, order.stockCommitted(), "inventory.commit-stock");
            written().answer(sagas, order.dispatched(), "shipping.dispatch-shipment");
            written().answer(sagas, order.confirmed(), "order.confirm");

            Written.Row saga = written().saga().orElseThrow();
            assertThat(saga.status()).isEqualTo(Status.COMPLETED);
            assertThat(saga.hasDeadline()).isFalse();
            assertThat(saga.data()).doesNotContain("1 Main St", "Alice");
            assertThat(count("saga.finished", "outcome", "completed")).isEqualTo(before + 1);
            assertThat(meters.get("saga.duration").tag("outcome", "completed").timer().count()).isPositive();
            assertThat(meters.get("saga.step").tag("step", "capture payment").tag("result", "done").timer().count())
                    .isPositive();
        }

        @Test
        void movesThroughSeveralStepsInOneBatch() {
            sagas.startFulfillment(order.placed());
            var reserve = written().lastId("inventory.reserve-stock");
            SampleOrder other = SampleOrder.any();
            transactions.executeWithoutResult(_ -> {
                List<Message> batch = List.of(other.placed(), order.stockReserved());
                sagas.prefetch(batch);
                sagas.startFulfillment(other.placed());
                written().context(reserve).run(() -> sagas.answer(order.stockReserved()));
            });
            assertThat(written().commands()).containsExactly("inventory.reserve-stock", "payment.authorize");
            assertThat(new Written(database, other).commands()).containsExactly("inventory.reserve-stock");
        }

        @Test
        void endsCompensated() {
            sagas.startFulfillment(order.placed());
            written().answer(sagas, order.stockReserved(), "inventory.reserve-stock");
            written().answer(sagas, order.declined(), "payment.authorize");
            assertThat(written().status()).isEqualTo(Status.COMPENSATING);
            written().answer(sagas, order.stockReleased(), "inventory.release-stock");
            written().answer(sagas, order.rejected(RejectionReason.PAYMENT_DECLINED), "order.reject");

            assertThat(written().status()).isEqualTo(Status.COMPENSATED);
            assertThat(written().commands()).containsExactly(
                    "inventory.reserve-stock", "payment.authorize", "inventory.release-stock", "order.reject");
        }

        @Test
        void isFinishedUnderTheVersionItWasStartedWith() {
            sagas.startFulfillment(order.placed());
            database.sql("update saga set definition_version = 99 where order_id = ?")
                    .param(order.orderId().value()).update();
            assertThatThrownBy(() -> written().answer(sagas, order.stockReserved(), "inventory.reserve-stock"))
                    .hasMessageContaining("order-fulfillment, version 99, which is not known here");
        }
    }

    @Test
    void unfinishedSagasAreCountedByStep() {
        sagas.startFulfillment(order.placed());
        counts.refresh();
        assertThat(meters.get("saga.active").tag("step", "reserve stock").gauge().value()).isPositive();
        assertThat(meters.get("saga.stuck").gauge().value()).isZero();
    }

    private void untilCaptured() {
        sagas.startFulfillment(order.placed());
        written().answer(sagas, order.stockReserved(), "inventory.reserve-stock");
        written().answer(sagas, order.authorized(), "payment.authorize");
        written().answer(sagas, order.booked(), "shipping.book-shipment");
        written().answer(sagas, order.captured(), "payment.capture");
    }

    private Written written() {
        return new Written(database, order);
    }

    private double answers(String outcome) {
        return count("saga.answers", "outcome", outcome);
    }

    private double count(String name, String... tags) {
        Counter counter = meters.find(name).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }
}
