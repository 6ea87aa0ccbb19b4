package dev.waybill.saga.engine;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.SagaId;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.saga.fulfillment.Fulfillment;
import dev.waybill.saga.fulfillment.FulfillmentSaga;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import static dev.waybill.events.OrderEvent.RejectionReason.PAYMENT_DECLINED;
import static dev.waybill.events.OrderEvent.RejectionReason.TIMED_OUT;
import static dev.waybill.saga.engine.JournalEntry.Kind;
import static dev.waybill.saga.engine.SampleOrder.ADDRESS;
import static dev.waybill.saga.engine.SampleOrder.LINES;
import static dev.waybill.saga.engine.SampleOrder.PAYMENT_METHOD;
import static dev.waybill.saga.engine.SampleOrder.TOTAL;
import static dev.waybill.saga.engine.Status.COMPENSATED;
import static dev.waybill.saga.engine.Status.COMPENSATING;
import static dev.waybill.saga.engine.Status.RUNNING;
import static dev.waybill.saga.engine.Status.STUCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The rules of the engine, by the situations in which they matter. */
class EngineTest {

    private static final int TENTATIVE_ATTEMPTS = 2;
    private static final int PERSISTENT_ATTEMPTS = 3;
    private static final Saga<Fulfillment> SAGA = FulfillmentSaga.DEFINITION.waiting(
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60), TENTATIVE_ATTEMPTS),
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(60), PERSISTENT_ATTEMPTS));

    private final SampleOrder order = SampleOrder.any();
    private final ReserveStock reserve = new ReserveStock(order.orderId(), LINES);
    private final ReleaseStock release = new ReleaseStock(order.orderId());
    private final AuthorizePayment authorize = new AuthorizePayment(order.orderId(), TOTAL, PAYMENT_METHOD);
    private final VoidPayment voidPayment = new VoidPayment(order.orderId());
    private final BookShipment book = new BookShipment(order.orderId(), ADDRESS, LINES);
    private final CancelShipment cancel = new CancelShipment(order.orderId());
    private final CapturePayment capture = new CapturePayment(order.orderId());
    private final CommitStock commit = new CommitStock(order.orderId());
    private final DispatchShipment dispatch = new DispatchShipment(order.orderId());
    private final ConfirmOrder confirm = new ConfirmOrder(order.orderId());

    private final Conversation<Fulfillment> saga = Conversation.of(SAGA, Fulfillment.of(order.placed()));

    @Nested
    class AnAnswer {

        @Test
        void countsOnce() {
            saga.expect(reserve).when(order.stockReserved()).expect(authorize)
                    .whenIgnored(order.stockReserved(), ReserveStock.class, Outcome.DUPLICATE)
                    .noted(Kind.DUPLICATE_ANSWER).is(RUNNING);
        }

        @Test
        void countsOnceEvenIfTheSecondSaysOtherwise() {
            saga.expect(reserve).when(order.stockReserved()).expect(authorize)
                    .whenIgnored(order.stockRefused(), ReserveStock.class, Outcome.DUPLICATE);
        }

        @Test
        void toNoCommandOfOursIsUnmatched() {
            saga.expect(reserve)
                    .whenIgnored(order.stockReserved(), new MessageId(UUID.randomUUID()), Outcome.UNMATCHED)
                    .noted(Kind.UNMATCHED_ANSWER);
        }

        @Test
        void ofAnotherFamilyIsUnmatchedThoughItNamesOurCommand() {
            saga.expect(reserve).whenIgnored(order.stockReleased(), ReserveStock.class, Outcome.UNMATCHED)
                    .whenIgnored(order.authorized(), ReserveStock.class, Outcome.UNMATCHED)
                    .when(order.stockReserved()).expect(authorize)
                    .whenIgnored(order.authorized(), ReserveStock.class, Outcome.UNMATCHED);
        }

        @Test
        void isStillADuplicateWhenAllIsFinished() {
            saga.expect(reserve).when(order.stockRefused())
                    .expect(new RejectOrder(order.orderId(), RejectionReason.OUT_OF_STOCK))
                    .when(order.rejected(RejectionReason.OUT_OF_STOCK)).endsAs(COMPENSATED)
                    .whenIgnored(order.stockRefused(), ReserveStock.class, Outcome.DUPLICATE)
                    .endsAs(COMPENSATED);
        }

        @Test
        void toAStepThatWasGivenUpIsLate() {
            untilTheAuthorizationIsGivenUp()
                    .whenIgnored(order.authorized(), AuthorizePayment.class, Outcome.LATE)
                    .whenIgnored(order.declined(), AuthorizePayment.class, Outcome.LATE)
                    .noted(Kind.LATE_ANSWER).is(COMPENSATING);
        }
    }

    @Nested
    class Silence {

        @Test
        void isAskedIntoUnderTheSameId() {
            saga.expect(reserve).whenNobodyAnswers().expect(reserve).noted(Kind.SENT_AGAIN);
            assertThat(saga.idsOf(ReserveStock.class)).hasSize(2).containsOnly(saga.firstId(ReserveStock.class));
        }

        @Test
        void isWaitedForTwiceAsLongEachTime() {
            untilCaptureIsSent();
            Instant sent = saga.now();
            saga.whenNobodyAnswers().expect(capture).whenNobodyAnswers().expect(capture).whenNobodyAnswers().expect();
            assertThat(Duration.between(sent, saga.now())).isEqualTo(Duration.ofSeconds(10 + 20 + 40));
        }

        @Test
        void meansNothingBeforeItsTime() {
            saga.expect(reserve).whenLookedAtAfter(Duration.ofMillis(9999)).expect()
                    .whenLookedAtAfter(Duration.ZERO).expect();
        }

        @Test
        void ofAStepThatCanBeUndoneUndoesItLikeOneThatIsDone() {
            untilTheAuthorizationIsGivenUp().is(COMPENSATING).noted(Kind.IN_DOUBT, Kind.COMPENSATING)
                    .when(order.voided()).expect(release)
                    .when(order.stockReleased()).expect(new RejectOrder(order.orderId(), TIMED_OUT))
                    .when(order.rejected(TIMED_OUT)).endsAs(COMPENSATED);
        }

        @Test
        void endsWithAnAnswerThatComesBeforeTheLastAttemptIsOver() {
            saga.expect(reserve).whenNobodyAnswers().expect(reserve).when(order.stockReserved()).expect(authorize)
                    .is(RUNNING);
        }

        @Test
        void ofThePivotNeverTurnsBackButStops() {
            untilCaptureIsExhausted().is(STUCK).isAt("capture payment").noted(Kind.UNANSWERED, Kind.STUCK);
            assertThat(saga.instance().deadline()).isNull();
        }

        @Test
        void ofAnUndoStops() {
            saga.expect(reserve).when(order.stockReserved()).expect(authorize).when(order.declined()).expect(release)
                    .whenNobodyAnswers().expect(release)
                    .whenNobodyAnswers().expect(release)
                    .whenNobodyAnswers().endsAs(STUCK);
        }

        @Test
        void ofOneOfThoseSentTogetherAsksOnlyThatOne() {
            untilCaptureIsSent().when(order.captured()).expect(commit, dispatch, confirm)
                    .when(order.stockCommitted()).when(order.confirmed())
                    .whenNobodyAnswers().expect(dispatch);
        }
    }

    @Nested
    class AStuckSaga {

        @Test
        void goesOnWhenThePivotIsAnsweredAfterAll() {
            untilCaptureIsExhausted().when(order.captured()).expect(commit, dispatch, confirm).is(RUNNING)
                    .noted(Kind.RESUMED);
        }

        @Test
        void turnsBackWhenThePivotIsRefusedAfterAll() {
            untilCaptureIsExhausted().when(order.captureRefused()).expect(cancel).is(COMPENSATING);
        }

        @Test
        void goesOnUndoingWhenTheUndoIsAnsweredAfterAll() {
            saga.expect(reserve).when(order.stockReserved()).expect(authorize).when(order.declined()).expect(release)
                    .whenNobodyAnswers().expect(release)
                    .whenNobodyAnswers().expect(release)
                    .whenNobodyAnswers().endsAs(STUCK)
                    .when(order.stockReleased()).expect(new RejectOrder(order.orderId(), PAYMENT_DECLINED))
                    .is(COMPENSATING);
        }

        @Test
        void staysStuckAsLongAsOneOfThoseSentTogetherIsNotAnswered() {
            untilCaptureIsSent().when(order.captured()).expect(commit, dispatch, confirm)
                    .whenNobodyAnswers().expect(commit, dispatch, confirm)
                    .whenNobodyAnswers().expect(commit, dispatch, confirm)
                    .whenNobodyAnswers().endsAs(STUCK)
                    .when(order.stockCommitted()).is(STUCK)
                    .when(order.dispatched()).is(STUCK)
                    .when(order.confirmed()).endsAs(Status.COMPLETED);
        }

        @Test
        void isNotHelpedByAnAnswerToSomethingElse() {
            untilCaptureIsExhausted().whenIgnored(order.authorized(), AuthorizePayment.class, Outcome.DUPLICATE)
                    .is(STUCK);
        }

        @Test
        void isWhatARefusedUndoMakes() {
            untilCaptureIsSent().when(order.captureRefused()).expect(cancel).when(order.cancellationRefused())
                    .endsAs(STUCK).noted(Kind.UNDO_REFUSED, Kind.STUCK);
        }
    }

    @Nested
    class AnInstance {

        @Test
        void keepsEveryCommandThatItHasSent() {
            untilTheAuthorizationIsGivenUp();
            assertThat(saga.instance().calls()).extracting(Call::state)
                    .containsExactly(Call.State.DONE, Call.State.IN_DOUBT, Call.State.IN_FLIGHT);
        }

        @Test
        void isNotMovedUnderAnotherVersionOfItsDefinition() {
            Instance<Fulfillment> now = saga.instance();
            var older = new Instance<>(now.id(), 0, now.status(), now.data(), now.calls(), now.startedAt());
            assertThatThrownBy(
                    () -> new Engine<>(SAGA).apply(older, new Input.Timeout(), saga.now(),
                            () -> now.calls().getFirst().id()))
                    .hasMessageContaining("runs under version 0 of order-fulfillment, not 2");
        }

        @Test
        void movesTheSameWayWheneverTheSameHappens() {
            var id = new SagaId(UUID.randomUUID());
            var message = new MessageId(UUID.randomUUID());
            var engine = new Engine<>(SAGA);
            var data = Fulfillment.of(order.placed());
            assertThat(engine.start(id, data, saga.now(), () -> message))
                    .isEqualTo(engine.start(id, data, saga.now(), () -> message));
        }
    }

    @Nested
    class AJournal {

        @Test
        void tellsWhatWasDoneAndWhy() {
            saga.expect(reserve).when(order.stockReserved()).expect(authorize).when(order.declined()).expect(release)
                    .when(order.stockReleased()).expect(new RejectOrder(order.orderId(), PAYMENT_DECLINED))
                    .when(order.rejected(PAYMENT_DECLINED));
            assertThat(saga.journal()).extracting(JournalEntry::kind).containsExactly(
                    Kind.STARTED, Kind.SENT, Kind.DONE, Kind.SENT, Kind.REFUSED, Kind.COMPENSATING, Kind.SENT,
                    Kind.UNDONE, Kind.SENT, Kind.DONE, Kind.COMPENSATED);
            assertThat(saga.journal()).filteredOn(entry -> entry.kind() == Kind.REFUSED).first()
                    .satisfies(entry -> assertThat(entry.detail()).contains("CARD_DECLINED"));
        }

        @Test
        void holdsNoAddress() {
            untilCaptureIsSent();
            assertThat(saga.journal().toString()).doesNotContain(ADDRESS.name(), ADDRESS.line1());
        }
    }

    private Conversation<Fulfillment> untilTheAuthorizationIsGivenUp() {
        saga.expect(reserve).when(order.stockReserved()).expect(authorize);
        for (int attempt = 1; attempt < TENTATIVE_ATTEMPTS; attempt++) {
            saga.whenNobodyAnswers().expect(authorize);
        }
        return saga.whenNobodyAnswers().expect(voidPayment);
    }

    private Conversation<Fulfillment> untilCaptureIsSent() {
        return saga.expect(reserve).when(order.stockReserved()).expect(authorize)
                .when(order.authorized()).expect(book)
                .when(order.booked()).expect(capture);
    }

    private Conversation<Fulfillment> untilCaptureIsExhausted() {
        untilCaptureIsSent();
        for (int attempt = 1; attempt < PERSISTENT_ATTEMPTS; attempt++) {
            saga.whenNobodyAnswers().expect(capture);
        }
        return saga.whenNobodyAnswers().expect();
    }
}
