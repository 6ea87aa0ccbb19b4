package dev.waybill.saga.fulfillment;

import dev.waybill.events.CancellationId;
import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.saga.engine.Conversation;
import dev.waybill.saga.engine.Input.Asked;
import dev.waybill.saga.engine.Input.Resolution;
import dev.waybill.saga.engine.Input.Resolve;
import dev.waybill.saga.engine.Input.TurnBack;
import dev.waybill.saga.engine.Outcome;
import dev.waybill.saga.engine.Patience;
import dev.waybill.saga.engine.SampleOrder;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static dev.waybill.events.OrderEvent.RejectionReason.OUT_OF_STOCK;
import static dev.waybill.events.OrderEvent.RejectionReason.PAYMENT_DECLINED;
import static dev.waybill.events.OrderEvent.RejectionReason.SHIPMENT_REFUSED;
import static dev.waybill.events.OrderEvent.RejectionReason.TIMED_OUT;
import static dev.waybill.saga.engine.SampleOrder.ADDRESS;
import static dev.waybill.saga.engine.SampleOrder.LINES;
import static dev.waybill.saga.engine.SampleOrder.PAYMENT_METHOD;
import static dev.waybill.saga.engine.SampleOrder.TOTAL;
import static dev.waybill.saga.engine.Status.COMPENSATED;
import static dev.waybill.saga.engine.Status.COMPENSATING;
import static dev.waybill.saga.engine.Status.COMPLETED;
import static dev.waybill.saga.engine.Status.RUNNING;
import static dev.waybill.saga.engine.Status.STUCK;
import static org.assertj.core.api.Assertions.assertThat;

class FulfillmentConversationTest {

    private static final Asked PERSON = new Asked("bob", "seen to by hand");
    private static final TurnBack CALL_OFF = new TurnBack(new Asked("alice", "ordered twice"));

    private final SampleOrder order = SampleOrder.any();
    private final ReserveStock reserveStock = new ReserveStock(order.orderId(), LINES);
    private final ReleaseStock releaseStock = new ReleaseStock(order.orderId());
    private final CommitStock commitStock = new CommitStock(order.orderId());
    private final AuthorizePayment authorizePayment = new AuthorizePayment(order.orderId(), TOTAL, PAYMENT_METHOD);
    private final VoidPayment voidPayment = new VoidPayment(order.orderId());
    private final CapturePayment capturePayment = new CapturePayment(order.orderId());
    private final BookShipment bookShipment = new BookShipment(order.orderId(), ADDRESS, LINES);
    private final CancelShipment cancelShipment = new CancelShipment(order.orderId());
    private final DispatchShipment dispatchShipment = new DispatchShipment(order.orderId());
    private final ConfirmOrder confirmOrder = new ConfirmOrder(order.orderId());

    private final Conversation<Fulfillment> fulfillment = Conversation.of(
            FulfillmentSaga.DEFINITION.waiting(
                    new Patience(Duration.ofSeconds(1), Duration.ofSeconds(4), 2),
                    new Patience(Duration.ofSeconds(1), Duration.ofSeconds(4), 3)),
            Fulfillment.of(order.placed()));

    @Test
    void anOrderIsReservedAuthorizedBookedCapturedAndThenCompleted() {
        untilCaptured()
                .when(order.confirmed()).expect().is(RUNNING)
                .when(order.stockCommitted()).expect().is(RUNNING)
                .when(order.dispatched())
                .endsAs(COMPLETED);
    }

    @Test
    void withoutStockTheOrderIsRejectedAndNothingIsUndone() {
        fulfillment.expect(reserveStock)
                .when(order.stockRefused()).expect(new RejectOrder(order.orderId(), OUT_OF_STOCK)).is(COMPENSATING)
                .when(order.rejected(OUT_OF_STOCK))
                .endsAs(COMPENSATED);
    }

    @Test
    void aDeclinedPaymentReleasesTheStock() {
        fulfillment.expect(reserveStock)
                .when(order.stockReserved()).expect(authorizePayment)
                .when(order.declined()).expect(releaseStock)
                .when(order.stockReleased()).expect(new RejectOrder(order.orderId(), PAYMENT_DECLINED))
                .when(order.rejected(PAYMENT_DECLINED))
                .endsAs(COMPENSATED);
    }

    @Test
    void aRefusedShipmentVoidsThePaymentAndThenReleasesTheStock() {
        fulfillment.expect(reserveStock)
                .when(order.stockReserved()).expect(authorizePayment)
                .when(order.authorized()).expect(bookShipment)
                .when(order.bookingRefused()).expect(voidPayment)
                .when(order.voided()).expect(releaseStock)
                .when(order.stockReleased()).expect(new RejectOrder(order.orderId(), SHIPMENT_REFUSED))
                .when(order.rejected(SHIPMENT_REFUSED))
                .endsAs(COMPENSATED);
    }

    @Test
    void aRefusedCaptureUndoesEverything() {
        untilBooked()
                .when(order.captureRefused()).expect(cancelShipment)
                .when(order.cancelled()).expect(voidPayment)
                .when(order.voided()).expect(releaseStock)
                .when(order.stockReleased()).expect(new RejectOrder(order.orderId(), PAYMENT_DECLINED))
                .when(order.rejected(PAYMENT_DECLINED))
                .endsAs(COMPENSATED);
    }

    @Test
    void aCarrierThatDoesNotGiveTheParcelBackStopsItForAPerson() {
        untilBooked()
                .when(order.captureRefused()).expect(cancelShipment)
                .when(order.cancellationRefused())
                .endsAs(STUCK).isAt("book shipment");
    }

    @Test
    void anAuthorizationThatNobodyAnswersIsVoidedToo() {
        fulfillment.expect(reserveStock)
                .when(order.stockReserved()).expect(authorizePayment)
                .whenNobodyAnswers().expect(authorizePayment)
                .whenNobodyAnswers().expect(voidPayment)
                .when(order.voided()).expect(releaseStock)
                .when(order.stockReleased()).expect(new RejectOrder(order.orderId(), TIMED_OUT))
                .when(order.rejected(TIMED_OUT))
                .endsAs(COMPENSATED);
    }

    @Test
    void resolvedAsCompletedTheOrderIsConfirmedUnlessItIs() {
        untilBooked().when(order.captureRefused()).expect(cancelShipment).when(order.cancellationRefused()).is(STUCK)
                .whenAsked(new Resolve(Resolution.COMPLETED, PERSON)).expect(confirmOrder).is(RUNNING)
                .when(order.confirmed()).endsAs(COMPLETED);
    }

    @Test
    void resolvedAsCompletedAfterTheOrderWasConfirmedNothingIsSent() {
        untilCaptured().when(order.confirmed()).when(order.stockCommitted())
                .whenNobodyAnswers().expect(dispatchShipment).whenNobodyAnswers().expect(dispatchShipment)
                .whenNobodyAnswers().endsAs(STUCK)
                .whenAskedInVain(new Resolve(Resolution.COMPENSATED, PERSON), Outcome.HAS_HAPPENED)
                .whenAsked(new Resolve(Resolution.COMPLETED, PERSON)).endsAs(COMPLETED);
    }

    @Test
    void resolvedAsCompensatedTheOrderIsRejectedForWhatWasRefused() {
        untilBooked().when(order.captureRefused()).expect(cancelShipment).when(order.cancellationRefused()).is(STUCK)
                .whenAsked(new Resolve(Resolution.COMPENSATED, PERSON))
                .expect(new RejectOrder(order.orderId(), PAYMENT_DECLINED))
                .when(order.rejected(PAYMENT_DECLINED)).endsAs(COMPENSATED);
    }

    @Test
    void resolvedAsCompensatedWhereNothingWasRefusedTheOrderIsCancelledByThePerson() {
        untilBooked().whenNobodyAnswers().expect(capturePayment).whenNobodyAnswers().expect(capturePayment)
                .whenNobodyAnswers().endsAs(STUCK)
                .whenAsked(new Resolve(Resolution.COMPENSATED, PERSON)).expect(new CancelOrder(order.orderId()))
                .when(order.orderCancelled()).endsAs(COMPENSATED);
    }

    @Test
    void aCaptureThatNobodyAnswersIsNeverUndone() {
        untilBooked()
                .whenNobodyAnswers().expect(capturePayment)
                .whenNobodyAnswers().expect(capturePayment)
                .whenNobodyAnswers()
                .endsAs(STUCK).isAt("capture payment")
                .when(order.captured()).expect(commitStock, dispatchShipment, confirmOrder).is(RUNNING);
    }

    @Test
    void calledOffBeforeTheCaptureItUndoesEverythingAndTheOrderIsCancelled() {
        fulfillment.expect(reserveStock)
                .when(order.stockReserved()).expect(authorizePayment)
                .when(order.authorized()).expect(bookShipment)
                .whenAsked(CALL_OFF).expect(cancelShipment).is(COMPENSATING)
                .when(order.cancelled()).expect(voidPayment)
                .whenIgnored(order.booked(), BookShipment.class, Outcome.LATE)
                .when(order.voided()).expect(releaseStock)
                .when(order.stockReleased()).expect(new CancelOrder(order.orderId()))
                .when(order.orderCancelled())
                .endsAs(COMPENSATED);
    }

    @Test
    void calledOffBeforeAnythingIsAnsweredItReleasesWhatMayHaveBeenReserved() {
        fulfillment.expect(reserveStock)
                .whenAsked(CALL_OFF).expect(releaseStock)
                .when(order.stockReleased()).expect(new CancelOrder(order.orderId()))
                .when(order.orderCancelled())
                .endsAs(COMPENSATED);
    }

    @Test
    void calledOffOnceTheCaptureIsCommandedItGoesOn() {
        untilBooked().whenAskedInVain(CALL_OFF, Outcome.NO_WAY_BACK)
                .when(order.captured()).expect(commitStock, dispatchShipment, confirmOrder);
    }

    @Test
    void refusedForAReasonOfItsOwnTheOrderIsRejectedThoughSomebodyCallsItOffThen() {
        fulfillment.expect(reserveStock)
                .when(order.stockReserved()).expect(authorizePayment)
                .when(order.declined()).expect(releaseStock)
                .whenAskedInVain(CALL_OFF, Outcome.TURNED_BACK_ALREADY)
                .when(order.stockReleased()).expect(new RejectOrder(order.orderId(), PAYMENT_DECLINED));
    }

    @Test
    void aRefusedCaptureOfAnOrderThatIsToBeCancelledCancelsIt() {
        var cancelling = Conversation.of(FulfillmentSaga.DEFINITION,
                Fulfillment.of(order.placed()).toBeCancelled(new CancellationId(UUID.randomUUID())));
        cancelling.expect(reserveStock)
                .when(order.stockReserved()).expect(authorizePayment)
                .when(order.authorized()).expect(bookShipment)
                .when(order.booked()).expect(capturePayment)
                .when(order.captureRefused()).expect(cancelShipment)
                .when(order.cancelled()).expect(voidPayment)
                .when(order.voided()).expect(releaseStock)
                .when(order.stockReleased()).expect(new CancelOrder(order.orderId()))
                .when(order.orderCancelled())
                .endsAs(COMPENSATED);
    }

    @Test
    void anInstanceOfTheFirstVersionEndsAsItAlwaysDidAndCancelledWhenItIsCalledOff() {
        var rejected = Conversation.of(FulfillmentSaga.VERSION_1, Fulfillment.of(order.placed()));
        rejected.expect(reserveStock)
                .when(order.stockRefused()).expect(new RejectOrder(order.orderId(), OUT_OF_STOCK)).isAt("reject order")
                .when(order.rejected(OUT_OF_STOCK)).endsAs(COMPENSATED);

        var cancelled = Conversation.of(FulfillmentSaga.VERSION_1, Fulfillment.of(order.placed()));
        cancelled.expect(reserveStock)
                .whenAsked(CALL_OFF).expect(releaseStock)
                .when(order.stockReleased()).expect(new CancelOrder(order.orderId())).isAt("reject order")
                .when(order.orderCancelled()).endsAs(COMPENSATED);
    }

    @Test
    void aSkuThatStandsTwiceInTheOrderIsAskedForAsItStandsThere() {
        var placed = order.placed();
        var lines = placed.lines();
        var twice = Fulfillment.of(new OrderPlaced(
                placed.orderId(), placed.number(), placed.customerId(),
                List.of(lines.getFirst(), lines.getFirst()), placed.total(), placed.paymentMethod(),
                placed.shippingAddress(), null));
        assertThat(twice.reserveStock().lines()).containsExactly(LINES.getFirst(), LINES.getFirst());
    }

    @Test
    void theAddressIsForgottenOnceItIsFinished() {
        untilCaptured();
        assertThat(fulfillment.instance().data().shippingAddress()).isEqualTo(ADDRESS);

        fulfillment.when(order.stockCommitted()).when(order.dispatched()).when(order.confirmed());

        assertThat(fulfillment.instance().data().shippingAddress().name()).isEqualTo("erased");
        assertThat(fulfillment.instance().data().shippingAddress().country()).isEqualTo("DE");
    }

    private Conversation<Fulfillment> untilBooked() {
        return fulfillment.expect(reserveStock)
                .when(order.stockReserved()).expect(authorizePayment)
                .when(order.authorized()).expect(bookShipment)
                .when(order.booked()).expect(capturePayment);
    }

    private Conversation<Fulfillment> untilCaptured() {
        return untilBooked().when(order.captured()).expect(commitStock, dispatchShipment, confirmOrder);
    }
}
