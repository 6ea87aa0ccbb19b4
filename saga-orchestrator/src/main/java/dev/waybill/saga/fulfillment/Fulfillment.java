package dev.waybill.saga.fulfillment;

import dev.waybill.events.Address;
import dev.waybill.events.CancellationId;
import dev.waybill.events.InventoryCommand.CommitStock;
import dev.waybill.events.InventoryCommand.ReleaseStock;
import dev.waybill.events.InventoryCommand.ReserveStock;
import dev.waybill.events.InventoryEvent.ReservationAnswer;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.Money;
import dev.waybill.events.OrderCommand;
import dev.waybill.events.OrderCommand.CancelOrder;
import dev.waybill.events.OrderCommand.ConfirmOrder;
import dev.waybill.events.OrderCommand.RejectOrder;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderId;
import dev.waybill.events.PaymentCommand.AuthorizePayment;
import dev.waybill.events.PaymentCommand.CapturePayment;
import dev.waybill.events.PaymentCommand.VoidPayment;
import dev.waybill.events.PaymentEvent.AuthorizationAnswer;
import dev.waybill.events.PaymentEvent.CaptureAnswer;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.ShippingCommand.BookShipment;
import dev.waybill.events.ShippingCommand.CancelShipment;
import dev.waybill.events.ShippingCommand.DispatchShipment;
import dev.waybill.events.ShippingEvent.BookingAnswer;
import dev.waybill.events.ShippingEvent.CancellationAnswer;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentRefused;
import dev.waybill.events.StockLine;
import dev.waybill.saga.engine.StepResult;
import org.jspecify.annotations.Nullable;

import java.util.List;

import static dev.waybill.events.OrderEvent.RejectionReason.OUT_OF_STOCK;
import static dev.waybill.events.OrderEvent.RejectionReason.PAYMENT_DECLINED;
import static dev.waybill.events.OrderEvent.RejectionReason.SHIPMENT_REFUSED;
import static dev.waybill.events.OrderEvent.RejectionReason.TIMED_OUT;
import static dev.waybill.saga.engine.StepResult.done;
import static dev.waybill.saga.engine.StepResult.refused;

/**
 * What the fulfillment of one order remembers, the commands that it gives, and what it makes of their answers. Each command
 * is a function of what is remembered and nothing else, so that it is the same whenever it is sent again.
 *
 * @param lines as the customer wrote them, so a SKU may stand there twice
 * @param shippingAddress personal data, kept until the fulfillment has finished
 * @param reason why the order will be rejected; none as long as nothing was refused or left unanswered before it was to be
 *        cancelled
 * @param cancellation who wishes it cancelled: where it succeeds all the same, that begins then
 */
public record Fulfillment(
        OrderId orderId,
        List<StockLine> lines,
        Money total,
        PaymentMethod paymentMethod,
        Address shippingAddress,
        @Nullable RejectionReason reason,
        @Nullable CancellationId cancellation) {

    public Fulfillment {
        lines = List.copyOf(lines);
    }

    public static Fulfillment of(OrderPlaced placed) {
        return new Fulfillment(
                placed.orderId(),
                placed.lines().stream().map(line -> new StockLine(line.sku(), line.quantity())).toList(),
                placed.total(),
                placed.paymentMethod(),
                placed.shippingAddress(),
                null,
                null);
    }

    ReserveStock reserveStock() {
        return new ReserveStock(orderId, lines);
    }

    StepResult<Fulfillment> stockAnswered(ReservationAnswer answer) {
        return switch (answer) {
            case StockReserved _ -> done(this);
            case StockRefused _ -> refused(because(OUT_OF_STOCK));
        };
    }

    ReleaseStock releaseStock() {
        return new ReleaseStock(orderId);
    }

    AuthorizePayment authorizePayment() {
        return new AuthorizePayment(orderId, total, paymentMethod);
    }

    StepResult<Fulfillment> paymentAnswered(AuthorizationAnswer answer) {
        return switch (answer) {
            case PaymentAuthorized _ -> done(this);
            case PaymentDeclined _ -> refused(because(PAYMENT_DECLINED));
        };
    }

    VoidPayment voidPayment() {
        return new VoidPayment(orderId);
    }

    BookShipment bookShipment() {
        return new BookShipment(orderId, shippingAddress, lines);
    }

    StepResult<Fulfillment> shipmentAnswered(BookingAnswer answer) {
        return switch (answer) {
            case ShipmentBooked _ -> done(this);
            case ShipmentRefused _ -> refused(because(SHIPMENT_REFUSED));
        };
    }

    CancelShipment cancelShipment() {
        return new CancelShipment(orderId);
    }

    StepResult<Fulfillment> cancellationAnswered(CancellationAnswer answer) {
        return switch (answer) {
            case ShipmentCancelled _ -> done(this);
            case CancellationRefused _ -> refused(this);
        };
    }

    CapturePayment capturePayment() {
        return new CapturePayment(orderId);
    }

    StepResult<Fulfillment> captureAnswered(CaptureAnswer answer) {
        return switch (answer) {
            case PaymentCaptured _ -> done(this);
            case CaptureRefused _ -> refused(because(PAYMENT_DECLINED));
        };
    }

    CommitStock commitStock() {
        return new CommitStock(orderId);
    }

    DispatchShipment dispatchShipment() {
        return new DispatchShipment(orderId);
    }

    ConfirmOrder confirmOrder() {
        return new ConfirmOrder(orderId);
    }

    /** Nobody has said no; still, the order cannot wait for ever. */
    Fulfillment timedOut() {
        return because(TIMED_OUT);
    }

    /** Whether it turns back for it, has turned back before, or cannot any more: nobody knows yet how it ends. */
    public Fulfillment toBeCancelled(CancellationId cancellation) {
        return new Fulfillment(orderId, lines, total, paymentMethod, shippingAddress, reason, cancellation);
    }

    /**
     * What the order is told when all is undone. It is rejected for what was refused, unless somebody had wished it cancelled
     * before. Where nothing was refused it has turned back for no other cause, or a person has ended it.
     */
    OrderCommand<?> endOrder() {
        return reason == null ? new CancelOrder(orderId) : new RejectOrder(orderId, reason);
    }

    /** Nobody needs it once the fulfillment has finished. Only the country stays. */
    Fulfillment withoutAddress() {
        var erased = new Address("erased", "erased", null, "erased", "erased", shippingAddress.country());
        return new Fulfillment(orderId, lines, total, paymentMethod, erased, reason, cancellation);
    }

    private Fulfillment because(RejectionReason reason) {
        return cancellation == null
                ? new Fulfillment(orderId, lines, total, paymentMethod, shippingAddress, reason, null)
                : this;
    }
}
