package dev.waybill.saga.returns;

import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.OrderCommand.CompleteReturn;
import dev.waybill.events.OrderCommand.RefuseReturn;
import dev.waybill.events.OrderEvent.ReturnRefusal;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.RefundId;
import dev.waybill.events.RestockId;
import dev.waybill.events.ReturnId;
import dev.waybill.saga.engine.Conversation;
import dev.waybill.saga.engine.Input.Asked;
import dev.waybill.saga.engine.Input.Resolution;
import dev.waybill.saga.engine.Input.Resolve;
import dev.waybill.saga.engine.Outcome;
import dev.waybill.saga.engine.Patience;
import dev.waybill.saga.engine.SampleOrder;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static dev.waybill.saga.engine.SampleOrder.LINES;
import static dev.waybill.saga.engine.SampleOrder.TOTAL;
import static dev.waybill.saga.engine.Status.COMPENSATED;
import static dev.waybill.saga.engine.Status.COMPENSATING;
import static dev.waybill.saga.engine.Status.COMPLETED;
import static dev.waybill.saga.engine.Status.RUNNING;
import static dev.waybill.saga.engine.Status.STUCK;

class ReturnConversationTest {

    private static final Asked ASKED = new Asked("bob", "seen to by hand");

    private final SampleOrder order = SampleOrder.any();
    private final ReturnId id = new ReturnId(UUID.randomUUID());
    private final RefundId refundId = new RefundId(id.value());
    private final RestockId restockId = new RestockId(id.value());
    private final RefundPayment refund = new RefundPayment(order.orderId(), refundId, TOTAL);
    private final Restock restock = new Restock(order.orderId(), restockId, LINES);
    private final CompleteReturn complete = new CompleteReturn(order.orderId(), id);

    private final Conversation<Return> returning = Conversation.of(
            ReturnSaga.DEFINITION.waiting(Patience.TENTATIVE,
                    new Patience(Duration.ofSeconds(1), Duration.ofSeconds(4), 2)),
            Return.of(order.returnRequested(id)));

    @Test
    void whatThePiecesCostIsPaidBackThenTheyAreInTheStockAgainAndThenTheReturnIsComplete() {
        returning.expect(refund)
                .when(order.refunded(refundId)).expect(restock)
                .when(order.restocked(restockId)).expect(complete)
                .when(order.returnCompleted(id))
                .endsAs(COMPLETED);
    }

    @Test
    void whatCannotBePaidBackIsNotTakenBack() {
        returning.expect(refund)
                .when(order.refundRefused(refundId))
                .expect(new RefuseReturn(order.orderId(), id, ReturnRefusal.NOT_REFUNDABLE)).is(COMPENSATING)
                .when(order.returnRefused(id))
                .endsAs(COMPENSATED);
    }

    @Test
    void aRefundThatNobodyAnswersIsAskedForUnderTheSameIdUntilAPersonIs() {
        returning.expect(refund)
                .whenNobodyAnswers().expect(refund)
                .whenNobodyAnswers().endsAs(STUCK).isAt("refund payment")
                .when(order.refunded(refundId)).expect(restock);
    }

    @Test
    void resolvedTheReturnIsCompletedOrRefused() {
        returning.expect(refund).whenNobodyAnswers().expect(refund).whenNobodyAnswers().endsAs(STUCK)
                .whenAsked(new Resolve(Resolution.COMPENSATED, ASKED))
                .expect(new RefuseReturn(order.orderId(), id, ReturnRefusal.NOT_REFUNDABLE)).is(COMPENSATING)
                .whenNobodyAnswers().expect(new RefuseReturn(order.orderId(), id, ReturnRefusal.NOT_REFUNDABLE))
                .whenNobodyAnswers().endsAs(STUCK)
                .whenAsked(new Resolve(Resolution.COMPLETED, ASKED)).expect(complete).is(RUNNING)
                .when(order.returnCompleted(id))
                .endsAs(COMPLETED);
    }

    @Test
    void onceItIsPaidBackTheReturnIsNotRefused() {
        returning.expect(refund).when(order.refunded(refundId)).expect(restock)
                .whenNobodyAnswers().expect(restock).whenNobodyAnswers().endsAs(STUCK)
                .whenAskedInVain(new Resolve(Resolution.COMPENSATED, ASKED), Outcome.HAS_HAPPENED)
                .whenAsked(new Resolve(Resolution.COMPLETED, ASKED)).expect(complete)
                .when(order.returnCompleted(id))
                .endsAs(COMPLETED);
    }

    @Test
    void aRestockThatNobodyAnswersIsAskedForAgainAndTheMoneyIsNot() {
        returning.expect(refund)
                .when(order.refunded(refundId)).expect(restock)
                .whenNobodyAnswers().expect(restock)
                .whenIgnored(order.refunded(refundId), RefundPayment.class, Outcome.DUPLICATE)
                .when(order.restocked(restockId)).expect(complete);
    }
}
