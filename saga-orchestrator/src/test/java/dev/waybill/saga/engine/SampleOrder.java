package dev.waybill.saga.engine;

import dev.waybill.events.Address;
import dev.waybill.events.CancellationId;
import dev.waybill.events.CustomerId;
import dev.waybill.events.InventoryEvent.RefusalReason;
import dev.waybill.events.InventoryEvent.Shortage;
import dev.waybill.events.InventoryEvent.StockCommitted;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReleased;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.InventoryEvent.StockRestocked;
import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.CancellationRefusal;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.events.OrderEvent.Line;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.RejectionReason;
import dev.waybill.events.OrderEvent.ReturnCompleted;
import dev.waybill.events.OrderEvent.ReturnRefusal;
import dev.waybill.events.OrderEvent.ReturnRefused;
import dev.waybill.events.OrderEvent.ReturnRequested;
import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.PaymentEvent.CaptureRefusal;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.DeclineReason;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentEvent.RefundRefusal;
import dev.waybill.events.PaymentEvent.RefundRefused;
import dev.waybill.events.PaymentMethod;
import dev.waybill.events.Quantity;
import dev.waybill.events.RefundId;
import dev.waybill.events.RestockId;
import dev.waybill.events.ReturnId;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.ShippingEvent.ShipmentRefusal;
import dev.waybill.events.ShippingEvent.ShipmentRefused;
import dev.waybill.events.Sku;
import dev.waybill.events.StockLine;

import java.util.List;
import java.util.UUID;

/** An order of two espresso machines, and all that can be said about it. */
public record SampleOrder(OrderId orderId) {

    public static final Address ADDRESS = new Address("Alice Doe", "1 Main St", null, "Berlin", "10115", "DE");
    public static final Money TOTAL = Money.of(25998, "EUR");
    public static final PaymentMethod PAYMENT_METHOD = new PaymentMethod("pm_card_visa");
    public static final List<StockLine> LINES = List.of(new StockLine(new Sku("ESPRESSO-01"), Quantity.of(2)));

    public static SampleOrder any() {
        return new SampleOrder(new OrderId(UUID.randomUUID()));
    }

    public OrderPlaced placed() {
        return new OrderPlaced(
                orderId,
                new OrderNumber("W-100042"),
                new CustomerId("alice"),
                List.of(new Line(new Sku("ESPRESSO-01"), Quantity.of(2), Money.of(12999, "EUR"))),
                TOTAL,
                PAYMENT_METHOD,
                ADDRESS,
                null);
    }

    public StockReserved stockReserved() {
        return new StockReserved(orderId, LINES);
    }

    public StockRefused stockRefused() {
        return new StockRefused(
                orderId,
                RefusalReason.OUT_OF_STOCK,
                List.of(new Shortage(new Sku("ESPRESSO-01"), Quantity.of(2), 1)));
    }

    public StockReleased stockReleased() {
        return new StockReleased(orderId, LINES);
    }

    public StockCommitted stockCommitted() {
        return new StockCommitted(orderId, LINES);
    }

    public PaymentAuthorized authorized() {
        return new PaymentAuthorized(orderId, TOTAL, "auth-1");
    }

    public PaymentDeclined declined() {
        return new PaymentDeclined(orderId, DeclineReason.CARD_DECLINED);
    }

    public PaymentVoided voided() {
        return new PaymentVoided(orderId, "auth-1");
    }

    public PaymentCaptured captured() {
        return new PaymentCaptured(orderId, TOTAL, "capture-1");
    }

    public CaptureRefused captureRefused() {
        return new CaptureRefused(orderId, CaptureRefusal.AUTHORIZATION_EXPIRED);
    }

    public ShipmentBooked booked() {
        return new ShipmentBooked(orderId, "ACME", "T-1");
    }

    public ShipmentRefused bookingRefused() {
        return new ShipmentRefused(orderId, ShipmentRefusal.ADDRESS_NOT_SERVED);
    }

    public ShipmentCancelled cancelled() {
        return new ShipmentCancelled(orderId);
    }

    public CancellationRefused cancellationRefused() {
        return new CancellationRefused(orderId, "T-1");
    }

    public ShipmentDispatched dispatched() {
        return new ShipmentDispatched(orderId, "T-1", "https://carrier.example/labels/T-1");
    }

    public OrderConfirmed confirmed() {
        return new OrderConfirmed(orderId);
    }

    public OrderRejected rejected(RejectionReason reason) {
        return new OrderRejected(orderId, reason);
    }

    public OrderCancelled orderCancelled() {
        return new OrderCancelled(orderId);
    }

    public CancellationRequested cancellationRequested(CancellationId id) {
        return new CancellationRequested(orderId, id, "ordered twice, says Alice Doe");
    }

    public OrderReinstated reinstated(CancellationId id) {
        return new OrderReinstated(orderId, id, CancellationRefusal.HANDED_OVER);
    }

    public ReturnRequested returnRequested(ReturnId id) {
        return new ReturnRequested(orderId, id, LINES, TOTAL, "does not suit Alice Doe");
    }

    public ReturnCompleted returnCompleted(ReturnId id) {
        return new ReturnCompleted(orderId, id);
    }

    public ReturnRefused returnRefused(ReturnId id) {
        return new ReturnRefused(orderId, id, ReturnRefusal.NOT_REFUNDABLE);
    }

    public PaymentRefunded refunded(RefundId id) {
        return new PaymentRefunded(orderId, id, TOTAL, TOTAL);
    }

    public RefundRefused refundRefused(RefundId id) {
        return new RefundRefused(orderId, id, RefundRefusal.REFUSED_BY_GATEWAY);
    }

    public StockRestocked restocked(RestockId id) {
        return new StockRestocked(orderId, id, LINES);
    }
}
