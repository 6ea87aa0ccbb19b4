package dev.waybill.events;

import dev.waybill.events.ShippingEvent.BookingAnswer;
import dev.waybill.events.ShippingEvent.CancellationAnswer;
import dev.waybill.events.ShippingEvent.ShipmentDispatched;

import java.util.List;

/** What the shipping service is asked to do. */
public sealed interface ShippingCommand<A extends ShippingEvent> extends Command<A> {

    /**
     * Book a place with the carrier.
     *
     * @param shippingAddress personal data, needed for the label
     */
    @MessageType("dev.waybill.shipping.book-shipment.v1")
    record BookShipment(OrderId orderId, Address shippingAddress, List<StockLine> lines)
            implements
                ShippingCommand<BookingAnswer> {
        public BookShipment {
            Present.field("orderId", orderId);
            Present.field("shippingAddress", shippingAddress);
            lines = Present.list("lines", lines);
        }

        @Override
        public Class<BookingAnswer> answeredBy() {
            return BookingAnswer.class;
        }
    }

    /** Undoes {@link BookShipment}, whether it has happened, has not, is in doubt, or comes later. */
    @MessageType("dev.waybill.shipping.cancel-shipment.v1")
    record CancelShipment(OrderId orderId) implements ShippingCommand<CancellationAnswer> {
        public CancelShipment {
            Present.field("orderId", orderId);
        }

        @Override
        public Class<CancellationAnswer> answeredBy() {
            return CancellationAnswer.class;
        }
    }

    /** Print the label and let the parcel leave. Sent only after the money was captured. */
    @MessageType("dev.waybill.shipping.dispatch-shipment.v1")
    record DispatchShipment(OrderId orderId) implements ShippingCommand<ShipmentDispatched> {
        public DispatchShipment {
            Present.field("orderId", orderId);
        }

        @Override
        public Class<ShipmentDispatched> answeredBy() {
            return ShipmentDispatched.class;
        }
    }
}
