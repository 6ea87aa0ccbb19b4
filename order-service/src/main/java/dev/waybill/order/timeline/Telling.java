package dev.waybill.order.timeline;

import dev.waybill.events.Event;
import dev.waybill.events.InventoryEvent;
import dev.waybill.events.InventoryEvent.StockCommitted;
import dev.waybill.events.InventoryEvent.StockRefused;
import dev.waybill.events.InventoryEvent.StockReleased;
import dev.waybill.events.InventoryEvent.StockReserved;
import dev.waybill.events.InventoryEvent.StockRestocked;
import dev.waybill.events.OperationsEvent;
import dev.waybill.events.OperationsEvent.CommandParked;
import dev.waybill.events.OrderEvent;
import dev.waybill.events.OrderEvent.CancellationRequested;
import dev.waybill.events.OrderEvent.OrderCancelled;
import dev.waybill.events.OrderEvent.OrderConfirmed;
import dev.waybill.events.OrderEvent.OrderDelivered;
import dev.waybill.events.OrderEvent.OrderPlaced;
import dev.waybill.events.OrderEvent.OrderReinstated;
import dev.waybill.events.OrderEvent.OrderRejected;
import dev.waybill.events.OrderEvent.OrderShipped;
import dev.waybill.events.OrderEvent.ReturnCompleted;
import dev.waybill.events.OrderEvent.ReturnRefused;
import dev.waybill.events.OrderEvent.ReturnRequested;
import dev.waybill.events.PaymentEvent;
import dev.waybill.events.PaymentEvent.CaptureRefused;
import dev.waybill.events.PaymentEvent.PaymentAuthorized;
import dev.waybill.events.PaymentEvent.PaymentCaptured;
import dev.waybill.events.PaymentEvent.PaymentDeclined;
import dev.waybill.events.PaymentEvent.PaymentRefunded;
import dev.waybill.events.PaymentEvent.PaymentVoided;
import dev.waybill.events.PaymentEvent.RefundRefused;
import dev.waybill.events.ShippingEvent;
import dev.waybill.events.ShippingEvent.CancellationRefused;
import dev.waybill.events.ShippingEvent.ParcelDelivered;
import dev.waybill.events.ShippingEvent.ParcelHandedOver;
import dev.waybill.events.ShippingEvent.ParcelInTransit;
import dev.waybill.events.ShippingEvent.ShipmentBooked;
import dev.waybill.events.ShippingEvent.ShipmentCancelled;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;
import dev.waybill.events.ShippingEvent.ShipmentRefused;

import java.util.Map;

/**
 * An event as a merchant is told of it. A new kind of event does not compile until somebody has said how it is told.
 *
 * @param details no personal data: what people wrote, and where they live, stays out
 */
record Telling(String title, Map<String, Object> details) {

    static Telling of(Event event) {
        return switch (event) {
            case OrderEvent order -> ofOrder(order);
            case InventoryEvent inventory -> ofInventory(inventory);
            case PaymentEvent payment -> ofPayment(payment);
            case ShippingEvent shipping -> ofShipping(shipping);
            case OperationsEvent operations -> ofOperations(operations);
        };
    }

    private static Telling ofOrder(OrderEvent event) {
        return switch (event) {
            case OrderPlaced placed ->
                telling("The order was placed", Map.of("number", placed.number(), "total", placed.total()));
            case OrderConfirmed _ -> telling("The order is confirmed: it is paid, and its parcel may leave");
            case OrderRejected rejected -> telling(switch (rejected.reason()) {
                case OUT_OF_STOCK -> "The order was rejected, as not all of it is in stock";
                case PAYMENT_DECLINED -> "The order was rejected, as the payment was declined";
                case SHIPMENT_REFUSED -> "The order was rejected, as the carrier does not take the parcel";
                case TIMED_OUT -> "The order was rejected, as it could not be fulfilled in time";
                case UNKNOWN -> "The order was rejected";
            }, Map.of("reason", rejected.reason()));
            case CancellationRequested _ -> telling("Somebody asked to cancel the order");
            case OrderCancelled _ -> telling("The order is cancelled");
            case OrderReinstated reinstated -> telling(switch (reinstated.reason()) {
                case HANDED_OVER -> "The order could not be cancelled any more, as the carrier has the parcel";
                case UNKNOWN -> "The order could not be cancelled any more";
            }, Map.of("reason", reinstated.reason()));
            case OrderShipped shipped ->
                telling("The order has left", Map.of("trackingNumber", shipped.trackingNumber()));
            case OrderDelivered _ -> telling("The order has arrived");
            case ReturnRequested requested -> telling("Pieces of the order come back",
                    Map.of("lines", requested.lines(), "refund", requested.refund()));
            case ReturnCompleted _ -> telling("The return is paid back and in stock again");
            case ReturnRefused refused -> telling("The return was refused", Map.of("reason", refused.reason()));
        };
    }

    private static Telling ofInventory(InventoryEvent event) {
        return switch (event) {
            case StockReserved reserved ->
                telling("The stock holds what was ordered", Map.of("lines", reserved.lines()));
            case StockRefused refused -> telling(switch (refused.reason()) {
                case OUT_OF_STOCK -> "There is not enough in stock";
                case ALREADY_RELEASED -> "Nothing was held in stock, as it is not needed any more";
                case UNKNOWN -> "Nothing was held in stock";
            }, Map.of("reason", refused.reason(), "shortages", refused.shortages()));
            case StockReleased released ->
                telling("The stock holds nothing for the order any more", Map.of("lines", released.lines()));
            case StockCommitted committed ->
                telling("What was ordered has left the stock", Map.of("lines", committed.lines()));
            case StockRestocked restocked ->
                telling("Pieces are in the stock again", Map.of("lines", restocked.lines()));
        };
    }

    private static Telling ofPayment(PaymentEvent event) {
        return switch (event) {
            case PaymentAuthorized authorized ->
                telling("The payment is authorized", Map.of("amount", authorized.amount()));
            case PaymentDeclined declined -> telling(switch (declined.reason()) {
                case CARD_DECLINED -> "The card was declined";
                case INSUFFICIENT_FUNDS -> "The card does not cover the amount";
                case ALREADY_VOIDED -> "No payment was authorized, as it is not needed any more";
                case UNKNOWN -> "The payment was declined";
            }, Map.of("reason", declined.reason()));
            case PaymentVoided _ -> telling("No money is held for the order any more");
            case PaymentCaptured captured -> telling("The order is paid", Map.of("amount", captured.amount()));
            case CaptureRefused refused ->
                telling("The payment could not be taken", Map.of("reason", refused.reason()));
            case PaymentRefunded refunded -> telling(
                    refunded.amount().amountMinor() == 0 ? "Nothing was left to be paid back" : "Money was paid back",
                    Map.of("amount", refunded.amount(), "refunded", refunded.refunded()));
            case RefundRefused refused ->
                telling("The money could not be paid back", Map.of("reason", refused.reason()));
        };
    }

    private static Telling ofShipping(ShippingEvent event) {
        return switch (event) {
            case ShipmentBooked booked -> telling("The carrier has a place for the parcel",
                    Map.of("carrier", booked.carrier(), "trackingNumber", booked.trackingNumber()));
            case ShipmentRefused refused -> telling(switch (refused.reason()) {
                case ADDRESS_NOT_SERVED -> "The carrier does not deliver to this address";
                case ALREADY_CANCELLED -> "No parcel was booked, as it is not needed any more";
                case UNKNOWN -> "The carrier does not take the parcel";
            }, Map.of("reason", refused.reason()));
            case ShipmentCancelled _ -> telling("No parcel will leave for the order");
            case CancellationRefused refused -> telling("The carrier has the parcel and does not give it back",
                    Map.of("trackingNumber", refused.trackingNumber()));
            case ShipmentDispatched dispatched -> telling("The parcel has its label and may leave",
                    Map.of("trackingNumber", dispatched.trackingNumber(), "labelUrl", dispatched.labelUrl()));
            case ParcelHandedOver handedOver -> telling("The carrier has the parcel",
                    Map.of("trackingNumber", handedOver.trackingNumber(), "scannedAt", handedOver.at()));
            case ParcelInTransit inTransit -> telling("The parcel is on its way",
                    Map.of("trackingNumber", inTransit.trackingNumber(), "scannedAt", inTransit.at()));
            case ParcelDelivered delivered -> telling("The parcel has reached its address",
                    Map.of("trackingNumber", delivered.trackingNumber(), "scannedAt", delivered.at()));
        };
    }

    private static Telling ofOperations(OperationsEvent event) {
        return switch (event) {
            case CommandParked parked ->
                telling("A step waits until somebody has looked at it", Map.of("service", parked.service()));
        };
    }

    private static Telling telling(String title) {
        return new Telling(title, Map.of());
    }

    private static Telling telling(String title, Map<String, Object> details) {
        return new Telling(title, details);
    }
}
