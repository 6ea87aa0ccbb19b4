package dev.waybill.saga.engine;

import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryEvent.ReservationAnswer;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.RefundPayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.PaymentEvent.AuthorizationAnswer;
import dev.waybill.events.PaymentEvent.CaptureAnswer;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.RefundAnswer;
import dev.waybill.events.PaymentEvent.RefundRefused;
import dev.waybill.events.RefundId;
import dev.waybill.events.ShippingCommand.DispatchShipment;

import static dev.waybill.saga.engine.StepResult.done;
import static dev.waybill.saga.engine.StepResult.refused;

/**
 * An order that is paid before it is shipped, with something given back before it is confirmed: a saga that has all that a
 * definition can have, several stages after the pivot, and in the middle of them a command that can be refused.
 */
record StagedOrder(OrderId orderId) {

    static final Saga<StagedOrder> DEFINITION = Saga.named("staged", 1, StagedOrder.class)
            .compensatable("reserve stock", StagedOrder::reserve, StagedOrder::reserved, StagedOrder::release)
            .compensatable("authorize payment", StagedOrder::authorize, StagedOrder::authorized, StagedOrder::voiding)
            .pivot("capture payment", StagedOrder::capture, StagedOrder::captured)
            .retriable("hand out", StagedOrder::refund, StagedOrder::refunded)
            .togetherWith(StagedOrder::commit)
            .retriable("dispatch", StagedOrder::dispatch)
            .retriable("confirm", StagedOrder::confirm)
            .whenInDoubt(order -> order)
            .whenRefused("reject", StagedOrder::reject);

    ReserveStock reserve() {
        return new ReserveStock(orderId, SampleOrder.LINES);
    }

    StepResult<StagedOrder> reserved(ReservationAnswer answer) {
        return switch (answer) {
            case StockReserved _ -> done(this);
            case StockRefused _ -> refused(this);
        };
    }

    ReleaseStock release() {
        return new ReleaseStock(orderId);
    }

    AuthorizePayment authorize() {
        return new AuthorizePayment(orderId, SampleOrder.TOTAL, SampleOrder.PAYMENT_METHOD);
    }

    StepResult<StagedOrder> authorized(AuthorizationAnswer answer) {
        return switch (answer) {
            case PaymentAuthorized _ -> done(this);
            case PaymentDeclined _ -> refused(this);
        };
    }

    VoidPayment voiding() {
        return new VoidPayment(orderId);
    }

    CapturePayment capture() {
        return new CapturePayment(orderId);
    }

    StepResult<StagedOrder> captured(CaptureAnswer answer) {
        return switch (answer) {
            case PaymentCaptured _ -> done(this);
            case CaptureRefused _ -> refused(this);
        };
    }

    RefundPayment refund() {
        return new RefundPayment(orderId, new RefundId(orderId.value()), null);
    }

    StepResult<StagedOrder> refunded(RefundAnswer answer) {
        return switch (answer) {
            case PaymentRefunded _ -> done(this);
            case RefundRefused _ -> refused(this);
        };
    }

    CommitStock commit() {
        return new CommitStock(orderId);
    }

    DispatchShipment dispatch() {
        return new DispatchShipment(orderId);
    }

    ConfirmOrder confirm() {
        return new ConfirmOrder(orderId);
    }

    RejectOrder reject() {
        return new RejectOrder(orderId, RejectionReason.TIMED_OUT);
    }
}
