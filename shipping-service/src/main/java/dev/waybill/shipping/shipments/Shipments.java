package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;

import java.util.Collection;
import java.util.Optional;

/** The shipments, by order. */
interface Shipments {

    Optional<Shipment> find(OrderId orderId);

    void add(Shipment shipment);

    /** Loads and locks shipments, in one order for everybody, so that no two transactions wait for each other. */
    void lock(Collection<OrderId> orderIds);
}
