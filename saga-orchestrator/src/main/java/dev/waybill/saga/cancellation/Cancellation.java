package dev.waybill.saga.cancellation;

import dev.waybill.events.CancellationId;
import dev.waybill.events.InventoryCommand.Restock;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.ReinstateOrder;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.RefundAnswer;
import dev.waybill.events.PaymentEvent.RefundRefused;
import dev.waybill.events.RefundId;
import dev.waybill.events.RestockId;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingEvent.CancellationAnswer;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.StockLine;
import dev.waybill.saga.engine.StepResult;

import java.util.List;

import static dev.waybill.saga.engine.StepResult.done;
import static dev.waybill.saga.engine.StepResult.refused;

/**
 * What one cancellation of an order remembers, the commands that it gives, and what it makes of their answers. Refund and
 * restock go under the cancellation's own id, so that neither is made twice however often it is asked for.
 *
 * @param lines what the fulfillment has taken out of the stock
 */
public record Cancellation(OrderId orderId, CancellationId cancellationId, List<StockLine> lines) {

    public Cancellation {
        lines = List.copyOf(lines);
    }

    CancelShipment cancelShipment() {
        return new CancelShipment(orderId);
    }

    StepResult<Cancellation> shipmentAnswered(CancellationAnswer answer) {
        return switch (answer) {
            case ShipmentCancelled _ -> done(this);
            case CancellationRefused _ -> refused(this);
        };
    }

    /** All that is left of what was captured: a part may have been given back already. */
    RefundPayment refundPayment() {
        return new RefundPayment(orderId, new RefundId(cancellationId.value()), null);
    }

    StepResult<Cancellation> refundAnswered(RefundAnswer answer) {
        return switch (answer) {
            case PaymentRefunded _ -> done(this);
            case RefundRefused _ -> refused(this);
        };
    }

    Restock restock() {
        return new Restock(orderId, new RestockId(cancellationId.value()), lines);
    }

    CancelOrder cancelOrder() {
        return new CancelOrder(orderId);
    }

    ReinstateOrder reinstateOrder() {
        return new ReinstateOrder(orderId, cancellationId, CancellationRefusal.HANDED_OVER);
    }
}
