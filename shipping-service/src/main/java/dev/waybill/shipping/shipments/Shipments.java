package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;

import java.util.Collection;
import java.util.Optional;

/** The shipments, by order. */
interface Shipments {

    Optional<Shipment> find(OrderId orderId);

    /**
     * Whose parcel this is: by its number, or, where the carrier's answer with the number is still to come, by the order.
     *
     * @param booked for which order, by what the carrier says
     */
    Optional<OrderId> orderOf(String trackingNumber, Optional<OrderId> booked);

    void add(Shipment shipment);

    /** Loads and locks shipments, in one order for everybody, so that no two transactions wait for each other. */
    void lock(Collection<OrderId> orderIds);
}
