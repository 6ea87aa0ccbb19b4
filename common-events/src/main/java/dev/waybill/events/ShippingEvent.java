package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

import java.time.Instant;

/** What happens to an order's parcel. */
public sealed interface ShippingEvent extends Event {

    /** Answers {@link ShippingCommand.BookShipment}. */
    sealed interface BookingAnswer extends ShippingEvent permits ShipmentBooked, ShipmentRefused {}

    /** The carrier has a place for the parcel. It is not yet allowed to leave. */
    @MessageType("dev.waybill.shipping.shipment-booked.v1")
    record ShipmentBooked(OrderId orderId, String carrier, String trackingNumber) implements BookingAnswer {
        public ShipmentBooked {
            Present.field("orderId", orderId);
            Text.required("A carrier", carrier, 100);
            Text.required("A tracking number", trackingNumber, 100);
        }
    }

    /** The carrier will not take the parcel. */
    @MessageType("dev.waybill.shipping.shipment-refused.v1")
    record ShipmentRefused(OrderId orderId, ShipmentRefusal reason) implements BookingAnswer {
        public ShipmentRefused {
            Present.field("orderId", orderId);
            Present.field("reason", reason);
        }
    }

    /** Why a shipment was refused. Open. */
    enum ShipmentRefusal {
        ADDRESS_NOT_SERVED,
        /** The cancellation came first: a booking now would be wanted by nobody. */
        ALREADY_CANCELLED, @JsonEnumDefaultValue
        UNKNOWN
    }

    /** Answers {@link ShippingCommand.CancelShipment}. */
    sealed interface CancellationAnswer extends ShippingEvent permits ShipmentCancelled, CancellationRefused {}

    /** No parcel will leave for this order. Said as well where none was booked. */
    @MessageType("dev.waybill.shipping.shipment-cancelled.v1")
    record ShipmentCancelled(OrderId orderId) implements CancellationAnswer {
        public ShipmentCancelled {
            Present.field("orderId", orderId);
        }
    }

    /** The carrier has the parcel and does not give it back. */
    @MessageType("dev.waybill.shipping.cancellation-refused.v1")
    record CancellationRefused(OrderId orderId, String trackingNumber) implements CancellationAnswer {
        public CancellationRefused {
            Present.field("orderId", orderId);
            Text.required("A tracking number", trackingNumber, 100);
        }
    }

    /** The parcel has its label and is allowed to leave. */
    @MessageType("dev.waybill.shipping.shipment-dispatched.v1")
    record ShipmentDispatched(OrderId orderId, String trackingNumber, String labelUrl) implements ShippingEvent {
        public ShipmentDispatched {
            Present.field("orderId", orderId);
            Text.required("A tracking number", trackingNumber, 100);
            Text.required("A label URL", labelUrl, 2000);
        }
    }

    /**
     * The carrier has the parcel: it cannot be called back any more.
     *
     * @param at when, by the carrier's clock
     */
    @MessageType("dev.waybill.shipping.parcel-handed-over.v1")
    record ParcelHandedOver(OrderId orderId, String trackingNumber, Instant at) implements ShippingEvent {
        public ParcelHandedOver {
            Present.field("orderId", orderId);
            Text.required("A tracking number", trackingNumber, 100);
            Present.field("at", at);
        }
    }

    /**
     * The parcel was seen on its way.
     *
     * @param at when, by the carrier's clock
     */
    @MessageType("dev.waybill.shipping.parcel-in-transit.v1")
    record ParcelInTransit(OrderId orderId, String trackingNumber, Instant at) implements ShippingEvent {
        public ParcelInTransit {
            Present.field("orderId", orderId);
            Text.required("A tracking number", trackingNumber, 100);
            Present.field("at", at);
        }
    }

    /**
     * The parcel has reached its address.
     *
     * @param at when, by the carrier's clock
     */
    @MessageType("dev.waybill.shipping.parcel-delivered.v1")
    record ParcelDelivered(OrderId orderId, String trackingNumber, Instant at) implements ShippingEvent {
        public ParcelDelivered {
            Present.field("orderId", orderId);
            Text.required("A tracking number", trackingNumber, 100);
            Present.field("at", at);
        }
    }
}
