package dev.waybill.saga.returns;

import dev.waybill.saga.engine.Saga;

import java.util.function.UnaryOperator;

/** How pieces of an order come back: paid back first, as that can be refused, and then put into the stock again. */
public final class ReturnSaga {

    public static final Saga<Return> DEFINITION = Saga.named("order-return", 1, Return.class)
            .pivot("refund payment", Return::refundPayment, Return::refundAnswered)
            .retriable("restock", Return::restock)
            .retriable("complete return", Return::completeReturn)
            .whenInDoubt(UnaryOperator.identity())
            .whenRefused("refuse return", Return::refuseReturn);

    private ReturnSaga() {}
}
