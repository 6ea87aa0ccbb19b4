package dev.waybill.saga.returns;

import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.Money;
import dev.waybill.events.OrderCommand.CompleteReturn;
import dev.waybill.events.OrderCommand.RefuseReturn;
import dev.waybill.events.OrderEvent.ReturnRefusal;
import dev.waybill.events.OrderEvent.ReturnRequested;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.RefundAnswer;
import dev.waybill.events.PaymentEvent.RefundRefused;
import dev.waybill.events.RefundId;
import dev.waybill.events.RestockId;
import dev.waybill.events.ReturnId;
import dev.waybill.events.StockLine;
import dev.waybill.saga.engine.StepResult;

import java.util.List;

import static dev.waybill.saga.engine.StepResult.done;
import static dev.waybill.saga.engine.StepResult.refused;

/**
 * What one return of an order's pieces remembers, the commands that it gives, and what it makes of their answers. Refund and
 * restock go under the return's own id, so that neither is made twice however often it is asked for.
 */
public record Return(OrderId orderId, ReturnId returnId, List<StockLine> lines, Money refund) {

    public Return {
        lines = List.copyOf(lines);
    }

    public static Return of(ReturnRequested requested) {
        return new Return(requested.orderId(), requested.returnId(), requested.lines(), requested.refund());
    }

    RefundPayment refundPayment() {
        return new RefundPayment(orderId, new RefundId(returnId.value()), refund);
    }

    StepResult<Return> refundAnswered(RefundAnswer answer) {
        return switch (answer) {
            case PaymentRefunded _ -> done(this);
            case RefundRefused _ -> refused(this);
        };
    }

    Restock restock() {
        return new Restock(orderId, new RestockId(returnId.value()), lines);
    }

    CompleteReturn completeReturn() {
        return new CompleteReturn(orderId, returnId);
    }

    RefuseReturn refuseReturn() {
        return new RefuseReturn(orderId, returnId, ReturnRefusal.NOT_REFUNDABLE);
    }
}
