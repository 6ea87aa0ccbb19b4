package dev.waybill.saga.engine;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.RefundId;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.saga.engine.Input.Asked;
import dev.waybill.saga.engine.Input.Resolution;
import dev.waybill.saga.engine.Input.Resolve;
import dev.waybill.saga.engine.Input.Retry;
import dev.waybill.saga.engine.Input.Skip;
import dev.waybill.saga.engine.Input.TurnBack;
import dev.waybill.saga.engine.JournalEntry.Kind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static dev.waybill.events.OrderEvent.RejectionReason.TIMED_OUT;
import static dev.waybill.saga.engine.Status.COMPENSATED;
import static dev.waybill.saga.engine.Status.COMPENSATING;
import static dev.waybill.saga.engine.Status.COMPLETED;
import static dev.waybill.saga.engine.Status.RUNNING;
import static dev.waybill.saga.engine.Status.STUCK;
import static org.assertj.core.api.Assertions.assertThat;

/** What can be wanted of a saga, when it makes sense, and what it then does; and the stages after the pivot. */
class RequestsTest {

    private static final Asked ASKED = new Asked("alice", "the carrier was away");
    private static final Patience ONCE = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), 1);

    private final SampleOrder order = SampleOrder.any();
    private final RefundId refundId = new RefundId(order.orderId().value());
    private final ReserveStock reserve = new ReserveStock(order.orderId(), SampleOrder.LINES);
    private final ReleaseStock release = new ReleaseStock(order.orderId());
    private final AuthorizePayment authorize = new AuthorizePayment(order.orderId(), SampleOrder.TOTAL,
            SampleOrder.PAYMENT_METHOD);
    private final VoidPayment voidPayment = new VoidPayment(order.orderId());
    private final CapturePayment capture = new CapturePayment(order.orderId());
    private final RefundPayment refund = new RefundPayment(order.orderId(), refundId, null);
    private final CommitStock commit = new CommitStock(order.orderId());
    private final DispatchShipment dispatch = new DispatchShipment(order.orderId());
    private final ConfirmOrder confirm = new ConfirmOrder(order.orderId());
    private final RejectOrder reject = new RejectOrder(order.orderId(), RejectionReason.TIMED_OUT);

    private final Conversation<StagedOrder> saga = Conversation.of(StagedOrder.DEFINITION.waiting(ONCE, ONCE),
            new StagedOrder(order.orderId()));

    @Nested
    class TheStagesAfterThePivot {

        @Test
        void goOneAfterTheOther() {
            untilCaptured().when(order.stockCommitted()).expect()
                    .when(order.refunded(refundId)).expect(dispatch)
                    .when(order.dispatched()).expect(confirm)
                    .when(order.confirmed()).endsAs(COMPLETED);
        }

        @Test
        void stopForAPersonWhereOneIsRefusedAndNeverTurnBack() {
            untilCaptured().when(order.stockCommitted()).when(order.refundRefused(refundId)).endsAs(STUCK)
                    .isAt("hand out").noted(Kind.REFUSED, Kind.STUCK);
        }

        @Test
        void stopAtOnceThoughOthersOfTheStageAreNotAnswered() {
            untilCaptured().when(order.refundRefused(refundId)).is(STUCK).when(order.stockCommitted()).endsAs(STUCK);
        }
    }

    @Nested
    class TurningBack {

        @Test
        void undoesWhatIsInFlightLikeWhatIsDone() {
            untilAuthorizing().whenAsked(new TurnBack(ASKED)).expect(voidPayment).is(COMPENSATING)
                    .noted(Kind.CALLED_OFF, Kind.IN_DOUBT, Kind.COMPENSATING)
                    .when(order.voided()).expect(release)
                    .when(order.stockReleased()).expect(reject)
                    .when(order.rejected(TIMED_OUT)).endsAs(COMPENSATED);
            assertThat(saga.journal()).filteredOn(entry -> entry.kind() == Kind.CALLED_OFF).extracting(
                    JournalEntry::detail).containsExactly("alice: the carrier was away");
        }

        @Test
        void takesAnAnswerToWhatWasInFlightForLate() {
            untilAuthorizing().whenAsked(new TurnBack(ASKED)).expect(voidPayment)
                    .whenIgnored(order.authorized(), AuthorizePayment.class, Outcome.LATE);
        }

        @Test
        void isDoneOnce() {
            untilAuthorizing().whenAsked(new TurnBack(ASKED)).expect(voidPayment)
                    .whenAskedInVain(new TurnBack(ASKED), Outcome.TURNED_BACK_ALREADY);
        }

        @Test
        void isTooLateOnceThePivotIsCommanded() {
            untilCapturing().whenAskedInVain(new TurnBack(ASKED), Outcome.NO_WAY_BACK);
        }

        @Test
        void isTooLateWhenThePivotIsInDoubtAndForAllThatFollows() {
            untilCapturing().whenNobodyAnswers().endsAs(STUCK)
                    .whenAskedInVain(new TurnBack(ASKED), Outcome.NO_WAY_BACK)
                    .when(order.captured()).expect(refund, commit)
                    .whenAskedInVain(new TurnBack(ASKED), Outcome.NO_WAY_BACK);
        }

        @Test
        void isTooLateWhenAllIsOver() {
            untilCompleted().whenAskedInVain(new TurnBack(ASKED), Outcome.FINISHED);
        }
    }

    @Nested
    class ARetry {

        @Test
        void asksForWhatNobodyAnsweredUnderTheSameIdAndWaitsAgain() {
            untilCapturing().whenNobodyAnswers().endsAs(STUCK)
                    .whenAsked(new Retry(ASKED)).expect(capture).is(RUNNING).noted(Kind.RETRIED, Kind.RESUMED);
            assertThat(saga.idsOf(CapturePayment.class)).hasSize(2).containsOnly(saga.firstId(CapturePayment.class));
            saga.whenNobodyAnswers().endsAs(STUCK);
        }

        @Test
        void asksForWhatWasRefusedUnderANewId() {
            untilCaptured().when(order.stockCommitted()).when(order.refundRefused(refundId)).endsAs(STUCK)
                    .whenAsked(new Retry(ASKED)).expect(refund).is(RUNNING);
            assertThat(saga.idsOf(RefundPayment.class)).hasSize(2).doesNotHaveDuplicates();
            saga.whenIgnored(order.refunded(refundId), saga.firstId(RefundPayment.class), Outcome.DUPLICATE)
                    .when(order.refunded(refundId)).expect(dispatch);
        }

        @Test
        void ofWhatIsRefusedAgainStopsAgain() {
            untilCaptured().when(order.stockCommitted()).when(order.refundRefused(refundId)).endsAs(STUCK)
                    .whenAsked(new Retry(ASKED)).expect(refund).when(order.refundRefused(refundId)).endsAs(STUCK);
        }

        @Test
        void asksOnlyForWhatStandsInTheWay() {
            untilCaptured().when(order.refundRefused(refundId)).is(STUCK)
                    .whenAsked(new Retry(ASKED)).expect(refund);
        }

        @Test
        void asksForWhatIsWaitedForIfNothingStandsInTheWay() {
            saga.expect(reserve).whenAsked(new Retry(ASKED)).expect(reserve).is(RUNNING);
            assertThat(saga.idsOf(ReserveStock.class)).hasSize(2).containsOnly(saga.firstId(ReserveStock.class));
        }

        @Test
        void makesNoSenseWhenAllIsOver() {
            untilCompleted().whenAskedInVain(new Retry(ASKED), Outcome.FINISHED);
        }
    }

    @Nested
    class Skipping {

        @Test
        void takesWhatStandsInTheWayAsDoneAndGoesOnWaitingForTheRest() {
            untilCaptured().when(order.refundRefused(refundId)).is(STUCK)
                    .whenAsked(new Skip(ASKED)).expect().is(RUNNING).noted(Kind.SKIPPED)
                    .when(order.stockCommitted()).expect(dispatch);
        }

        @Test
        void takesWhatIsWaitedForAsDoneWhereNothingStandsInTheWay() {
            untilCaptured().whenAsked(new Skip(ASKED)).expect(dispatch).is(RUNNING)
                    .whenIgnored(order.stockCommitted(), CommitStock.class, Outcome.LATE);
        }

        @Test
        void ofTheLastStageEndsIt() {
            untilCaptured().when(order.stockCommitted()).when(order.refunded(refundId)).expect(dispatch)
                    .when(order.dispatched()).expect(confirm)
                    .whenAsked(new Skip(ASKED)).endsAs(COMPLETED)
                    .whenAskedInVain(new Skip(ASKED), Outcome.FINISHED);
        }

        @Test
        void makesNoSenseUntilThePivotIsDone() {
            saga.expect(reserve).whenAskedInVain(new Skip(ASKED), Outcome.NOT_TO_BE_SKIPPED)
                    .when(order.stockReserved()).expect(authorize)
                    .when(order.authorized()).expect(capture)
                    .whenAskedInVain(new Skip(ASKED), Outcome.NOT_TO_BE_SKIPPED);
        }

        @Test
        void makesNoSenseOnTheWayBack() {
            untilCapturing().when(order.captureRefused()).expect(voidPayment)
                    .whenAskedInVain(new Skip(ASKED), Outcome.NOT_TO_BE_SKIPPED);
        }
    }

    @Nested
    class Resolving {

        @Test
        void sendsNothingMoreThanHowItHasEndedAndEndsWhenThatIsAnswered() {
            untilCaptured().when(order.refundRefused(refundId)).is(STUCK)
                    .whenAsked(new Resolve(Resolution.COMPLETED, ASKED)).expect(confirm).is(RUNNING)
                    .isAt("confirm").noted(Kind.RESOLVED)
                    .whenIgnored(order.stockCommitted(), CommitStock.class, Outcome.LATE)
                    .when(order.confirmed()).endsAs(COMPLETED);
            assertThat(saga.journal()).filteredOn(entry -> entry.kind() == Kind.RESOLVED).extracting(
                    JournalEntry::detail).containsExactly("COMPLETED. alice: the carrier was away");
        }

        @Test
        void canSayThatNothingIsLeftOfIt() {
            untilCapturing().when(order.captureRefused()).expect(voidPayment).whenNobodyAnswers().endsAs(STUCK)
                    .whenAsked(new Resolve(Resolution.COMPENSATED, ASKED)).expect(reject).is(COMPENSATING)
                    .whenIgnored(order.voided(), VoidPayment.class, Outcome.LATE)
                    .when(order.rejected(TIMED_OUT)).endsAs(COMPENSATED);
        }

        @Test
        void canSayThatThePivotInDoubtHasNotHappened() {
            untilCapturing().whenNobodyAnswers().endsAs(STUCK)
                    .whenAsked(new Resolve(Resolution.COMPENSATED, ASKED)).expect(reject).is(COMPENSATING)
                    .whenIgnored(order.captured(), CapturePayment.class, Outcome.LATE)
                    .when(order.rejected(TIMED_OUT)).endsAs(COMPENSATED);
        }

        @Test
        void cannotSayThatNothingIsLeftOnceThePivotHasHappened() {
            untilCaptured().when(order.refundRefused(refundId)).is(STUCK)
                    .whenAskedInVain(new Resolve(Resolution.COMPENSATED, ASKED), Outcome.HAS_HAPPENED);
        }

        @Test
        void canSayThatAllIsDoneThoughItHadTurnedBack() {
            untilCapturing().when(order.captureRefused()).expect(voidPayment).whenNobodyAnswers().endsAs(STUCK)
                    .whenAsked(new Resolve(Resolution.COMPLETED, ASKED)).expect(confirm).is(RUNNING)
                    .whenAskedInVain(new TurnBack(ASKED), Outcome.NO_WAY_BACK)
                    .when(order.confirmed()).endsAs(COMPLETED);
        }

        @Test
        void stopsAgainWhereNobodyTakesInHowItHasEndedAndCanBeDecidedOtherwise() {
            untilCapturing().whenNobodyAnswers().endsAs(STUCK)
                    .whenAsked(new Resolve(Resolution.COMPENSATED, ASKED)).expect(reject)
                    .whenNobodyAnswers().endsAs(STUCK)
                    .whenAsked(new Resolve(Resolution.COMPENSATED, ASKED)).expect(reject)
                    .whenNobodyAnswers().endsAs(STUCK)
                    .whenAsked(new Resolve(Resolution.COMPLETED, ASKED)).expect(confirm).is(RUNNING)
                    .whenNobodyAnswers().endsAs(STUCK)
                    .whenAsked(new Resolve(Resolution.COMPENSATED, ASKED)).expect(reject).is(COMPENSATING)
                    .when(order.rejected(TIMED_OUT)).endsAs(COMPENSATED);
            assertThat(saga.idsOf(RejectOrder.class)).hasSize(3);
            assertThat(saga.idsOf(RejectOrder.class).subList(0, 2)).containsOnly(saga.firstId(RejectOrder.class));
        }

        @Test
        void makesNoSenseAsLongAsItCanGoOnByItself() {
            saga.expect(reserve)
                    .whenAskedInVain(new Resolve(Resolution.COMPLETED, ASKED), Outcome.NOT_STUCK);
            untilCompletedFromReserving()
                    .whenAskedInVain(new Resolve(Resolution.COMPENSATED, ASKED), Outcome.FINISHED);
        }
    }

    private Conversation<StagedOrder> untilAuthorizing() {
        return saga.expect(reserve).when(order.stockReserved()).expect(authorize);
    }

    private Conversation<StagedOrder> untilCapturing() {
        return untilAuthorizing().when(order.authorized()).expect(capture);
    }

    private Conversation<StagedOrder> untilCaptured() {
        return untilCapturing().when(order.captured()).expect(refund, commit);
    }

    private Conversation<StagedOrder> untilCompleted() {
        saga.expect(reserve);
        return untilCompletedFromReserving();
    }

    private Conversation<StagedOrder> untilCompletedFromReserving() {
        return saga.when(order.stockReserved()).expect(authorize).when(order.authorized()).expect(capture)
                .when(order.captured()).expect(refund, commit)
                .when(order.refunded(refundId)).when(order.stockCommitted()).expect(dispatch)
                .when(order.dispatched()).expect(confirm).when(order.confirmed()).endsAs(COMPLETED);
    }
}
