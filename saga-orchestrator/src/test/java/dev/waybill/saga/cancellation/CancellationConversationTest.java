package dev.waybill.saga.cancellation;

import dev.waybill.events.CancellationId;
import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.ReinstateOrder;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.RefundId;
import dev.waybill.events.RestockId;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.saga.engine.Conversation;
import dev.waybill.saga.engine.Input.Asked;
import dev.waybill.saga.engine.Input.Resolution;
import dev.waybill.saga.engine.Input.Resolve;
import dev.waybill.saga.engine.Input.Retry;
import dev.waybill.saga.engine.Input.Skip;
import dev.waybill.saga.engine.Input.TurnBack;
import dev.waybill.saga.engine.Outcome;
import dev.waybill.saga.engine.Patience;
import dev.waybill.saga.engine.SampleOrder;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static dev.waybill.saga.engine.SampleOrder.LINES;
import static dev.waybill.saga.engine.Status.COMPENSATED;
import static dev.waybill.saga.engine.Status.COMPENSATING;
import static dev.waybill.saga.engine.Status.COMPLETED;
import static dev.waybill.saga.engine.Status.STUCK;

class CancellationConversationTest {

    private static final Asked ASKED = new Asked("alice", "the gateway was away");

    private final SampleOrder order = SampleOrder.any();
    private final CancellationId id = new CancellationId(UUID.randomUUID());
    private final RefundId refundId = new RefundId(id.value());
    private final RestockId restockId = new RestockId(id.value());
    private final CancelShipment cancelShipment = new CancelShipment(order.orderId());
    private final RefundPayment refundAllThatIsLeft = new RefundPayment(order.orderId(), refundId, null);
    private final Restock restock = new Restock(order.orderId(), restockId, LINES);
    private final CancelOrder cancelOrder = new CancelOrder(order.orderId());

    private final Conversation<Cancellation> cancellation = Conversation.of(
            CancellationSaga.DEFINITION.waiting(Patience.TENTATIVE,
                    new Patience(Duration.ofSeconds(1), Duration.ofSeconds(4), 2)),
            new Cancellation(order.orderId(), id, LINES));

    @Test
    void theParcelIsKeptThenTheMoneyGoesBackAndThePiecesAndThenTheOrderIsCancelled() {
        cancellation.expect(cancelShipment)
                .when(order.cancelled()).expect(refundAllThatIsLeft, restock)
                .when(order.restocked(restockId)).expect()
                .when(order.refunded(refundId)).expect(cancelOrder)
                .when(order.orderCancelled())
                .endsAs(COMPLETED);
    }

    @Test
    void aCarrierThatHasTheParcelPutsTheOrderBackToWhatItWasAndNothingElseIsTouched() {
        cancellation.expect(cancelShipment)
                .when(order.cancellationRefused())
                .expect(new ReinstateOrder(order.orderId(), id, CancellationRefusal.HANDED_OVER)).is(COMPENSATING)
                .when(order.reinstated(id))
                .endsAs(COMPENSATED);
    }

    @Test
    void aCarrierThatDoesNotAnswerIsAskedAgainAndThenAPersonIs() {
        cancellation.expect(cancelShipment)
                .whenNobodyAnswers().expect(cancelShipment)
                .whenNobodyAnswers().endsAs(STUCK).isAt("cancel shipment")
                .whenAskedInVain(new TurnBack(ASKED), Outcome.NO_WAY_BACK)
                .when(order.cancelled()).expect(refundAllThatIsLeft, restock);
    }

    @Test
    void aRefundThatIsRefusedStopsItForAPersonWhoAsksAgain() {
        cancellation.expect(cancelShipment)
                .when(order.cancelled()).expect(refundAllThatIsLeft, restock)
                .when(order.restocked(restockId)).when(order.refundRefused(refundId)).endsAs(STUCK)
                .whenAsked(new Retry(ASKED)).expect(refundAllThatIsLeft)
                .when(order.refunded(refundId)).expect(cancelOrder);
    }

    @Test
    void resolvedAsCompletedTheOrderIsCancelledAndNothingElseIsTouched() {
        cancellation.expect(cancelShipment)
                .whenNobodyAnswers().expect(cancelShipment).whenNobodyAnswers().endsAs(STUCK)
                .whenAsked(new Resolve(Resolution.COMPLETED, ASKED)).expect(cancelOrder)
                .whenIgnored(order.cancelled(), CancelShipment.class, Outcome.LATE)
                .when(order.orderCancelled())
                .endsAs(COMPLETED);
    }

    @Test
    void resolvedAsCompensatedTheOrderIsWhatItWasUnlessTheParcelIsKept() {
        cancellation.expect(cancelShipment)
                .whenNobodyAnswers().expect(cancelShipment).whenNobodyAnswers().endsAs(STUCK)
                .whenAsked(new Resolve(Resolution.COMPENSATED, ASKED))
                .expect(new ReinstateOrder(order.orderId(), id, CancellationRefusal.HANDED_OVER)).is(COMPENSATING)
                .when(order.reinstated(id))
                .endsAs(COMPENSATED);
    }

    @Test
    void onceTheParcelIsKeptTheCancellationCannotBeTakenBack() {
        cancellation.expect(cancelShipment)
                .when(order.cancelled()).expect(refundAllThatIsLeft, restock)
                .when(order.restocked(restockId)).when(order.refundRefused(refundId)).endsAs(STUCK)
                .whenAskedInVain(new Resolve(Resolution.COMPENSATED, ASKED), Outcome.HAS_HAPPENED)
                .whenAsked(new Resolve(Resolution.COMPLETED, ASKED)).expect(cancelOrder)
                .when(order.orderCancelled())
                .endsAs(COMPLETED);
    }

    @Test
    void aRefundThatAPersonHasMadeOtherwiseIsSkipped() {
        cancellation.expect(cancelShipment)
                .when(order.cancelled()).expect(refundAllThatIsLeft, restock)
                .when(order.restocked(restockId)).when(order.refundRefused(refundId)).endsAs(STUCK)
                .whenAsked(new Skip(ASKED)).expect(cancelOrder)
                .when(order.orderCancelled())
                .endsAs(COMPLETED);
    }
}
