package dev.waybill.saga.running;

import dev.waybill.events.RefundId;
import dev.waybill.events.RestockId;
import dev.waybill.events.ReturnId;
import dev.waybill.messaging.Ids;
import dev.waybill.saga.SagaTest;
import dev.waybill.saga.engine.SampleOrder;
import dev.waybill.saga.engine.Status;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Each return of an order is a saga of its own, beside the order's others. */
@SagaTest
class ReturnsTest {

    private static final String RETURN = "order-return";

    @Autowired
    private RunningSagas sagas;
    @Autowired
    private JdbcClient database;

    private final SampleOrder order = SampleOrder.any();
    private final ReturnId id = new ReturnId(Ids.next());

    @Test
    void isPaidBackAndRestockedAndCompleted() {
        sagas.startFulfillment(order.placed());
        sagas.startReturn(order.returnRequested(id));
        written().answer(sagas, order.refunded(new RefundId(id.value())), "payment.refund");
        written().answer(sagas, order.restocked(new RestockId(id.value())), "inventory.restock");
        written().answer(sagas, order.returnCompleted(id), "order.complete-return");

        assertThat(written().status(RETURN)).isEqualTo(Status.COMPLETED);
        assertThat(written().status()).as("the fulfillment is not concerned").isEqualTo(Status.RUNNING);
        assertThat(written().commands()).containsExactly("inventory.reserve-stock", "payment.refund",
                "inventory.restock", "order.complete-return");
    }

    @Test
    void isRefusedWhereNothingCanBePaidBack() {
        sagas.startReturn(order.returnRequested(id));
        written().answer(sagas, order.refundRefused(new RefundId(id.value())), "payment.refund");
        written().answer(sagas, order.returnRefused(id), "order.refuse-return");

        assertThat(written().status(RETURN)).isEqualTo(Status.COMPENSATED);
        assertThat(written().commands()).containsExactly("payment.refund", "order.refuse-return");
    }

    @Test
    void toldAgainBeginsOnceAndAnotherIsAnother() {
        sagas.startReturn(order.returnRequested(id));
        sagas.startReturn(order.returnRequested(id));
        assertThat(written().sagas(RETURN)).hasSize(1);

        var other = new ReturnId(Ids.next());
        sagas.startReturn(order.returnRequested(other));
        assertThat(written().sagas(RETURN)).extracting(Written.Row::reference)
                .containsExactly(id.value(), other.value());
    }

    private Written written() {
        return new Written(database, order);
    }
}
