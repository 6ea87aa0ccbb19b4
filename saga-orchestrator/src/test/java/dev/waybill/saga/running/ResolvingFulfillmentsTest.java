package dev.waybill.saga.running;

import dev.waybill.events.CancellationId;
import dev.waybill.events.Event;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.SagaId;
import dev.waybill.messaging.Ids;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.Input.Asked;
import dev.waybill.saga.engine.Input.Resolution;
import dev.waybill.saga.engine.Input.Resolve;
import dev.waybill.saga.engine.Outcome;
import dev.waybill.saga.engine.SampleOrder;
import dev.waybill.saga.engine.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A person ends a fulfillment that is stuck, and a cancellation that was wished meanwhile is not forgotten over it. */
@SagaTest
class ResolvingFulfillmentsTest {

    private static final String CANCELLATION = "order-cancellation";

    @Autowired
    private RunningSagas sagas;
    @Autowired
    private CancellingOrders cancelling;
    @Autowired
    private SeeingToSagas seeing;
    @Autowired
    private JdbcClient database;

    private final SampleOrder order = SampleOrder.any();
    private final CancellationId id = new CancellationId(Ids.next());

    @BeforeEach
    void untilAuthorized() {
        sagas.startFulfillment(order.placed());
        answer(order.stockReserved(), "inventory.reserve-stock");
        answer(order.authorized(), "payment.authorize");
    }

    @Test
    void theCancellationThatWaitedBeginsOnceTheOrderIsConfirmed() {
        answer(order.booked(), "shipping.book-shipment");
        cancelling.requested(order.cancellationRequested(id));
        database.sql("update saga set status = 'STUCK' where order_id = ?").param(order.orderId().value()).update();
        resolve(Resolution.COMPLETED);
        assertThat(written().commands()).as("or it could not go back to that").endsWith("order.confirm");
        assertThat(written().sagas(CANCELLATION)).isEmpty();

        answer(order.confirmed(), "order.confirm");
        assertThat(written().status()).isEqualTo(Status.COMPLETED);
        assertThat(written().commands()).endsWith("shipping.cancel-shipment");
        assertThatItIsBeingCancelled();
    }

    @Test
    void theCancellationForWhichItHadTurnedBackBeginsAllTheSame() {
        cancelling.requested(order.cancellationRequested(id));
        answer(order.cancellationRefused(), "shipping.cancel-shipment");
        resolve(Resolution.COMPLETED);
        answer(order.confirmed(), "order.confirm");
        assertThatItIsBeingCancelled();
    }

    @Test
    void theCancellationThatCameWhenItHadTurnedBackForAnotherReasonBeginsToo() {
        untilTheCaptureIsRefused();
        cancelling.requested(order.cancellationRequested(id));
        answer(order.cancellationRefused(), "shipping.cancel-shipment");
        resolve(Resolution.COMPLETED);
        answer(order.confirmed(), "order.confirm");
        assertThatItIsBeingCancelled();
    }

    @Test
    void asCompensatedTheOrderIsRejectedForWhatWasRefusedBeforeItWasToBeCancelled() {
        untilTheCaptureIsRefused();
        cancelling.requested(order.cancellationRequested(id));
        answer(order.cancellationRefused(), "shipping.cancel-shipment");
        resolve(Resolution.COMPENSATED);
        answer(order.rejected(RejectionReason.PAYMENT_DECLINED), "order.reject");
        assertThat(written().status()).isEqualTo(Status.COMPENSATED);
        assertThat(written().sagas(CANCELLATION)).isEmpty();
    }

    @Test
    void asCompensatedTheOrderIsCancelledIfThatWasWishedBeforeAnythingWasRefused() {
        answer(order.booked(), "shipping.book-shipment");
        cancelling.requested(order.cancellationRequested(id));
        answer(order.captureRefused(), "payment.capture");
        answer(order.cancellationRefused(), "shipping.cancel-shipment");
        resolve(Resolution.COMPENSATED);
        answer(order.orderCancelled(), "order.cancel");
        assertThat(written().status()).isEqualTo(Status.COMPENSATED);
    }

    private void untilTheCaptureIsRefused() {
        answer(order.booked(), "shipping.book-shipment");
        answer(order.captureRefused(), "payment.capture");
    }

    private void assertThatItIsBeingCancelled() {
        assertThat(written().sagas(CANCELLATION)).singleElement()
                .satisfies(saga -> assertThat(saga.reference()).isEqualTo(id.value()));
    }

    private void resolve(Resolution as) {
        assertThat(seeing.ask(new SagaId(written().saga().orElseThrow().id()), null,
                new Resolve(as, new Asked("bob", "seen to by hand"))))
                .isEqualTo(new SeeingToSagas.Answer.Asked(Outcome.TAKEN));
    }

    private void answer(Event answer, String command) {
        written().answer(sagas, answer, command);
    }

    private Written written() {
        return new Written(database, order);
    }
}
