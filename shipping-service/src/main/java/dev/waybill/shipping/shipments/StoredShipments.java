package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import jakarta.persistence.EntityManager;
import org.hibernate.Session;
import org.springframework.stereotype.Repository;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The shipments in the database. */
@Repository
class StoredShipments implements Shipments {

    private final EntityManager entityManager;

    StoredShipments(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public Optional<Shipment> find(OrderId orderId) {
        return Optional.ofNullable(entityManager.find(Shipment.class, orderId.value()));
    }

    @Override
    public Optional<OrderId> orderOf(String trackingNumber, Optional<OrderId> booked) {
        // Not the shipment itself: it is loaded with its lock, and not before.
        Stream<UUID> byNumber = entityManager
                .createQuery("select s.orderId from Shipment s where s.parcel.trackingNumber = :number", UUID.class)
                .setParameter("number", trackingNumber).getResultStream();
        Stream<UUID> byOrder = booked.stream().flatMap(orderId -> entityManager
                .createQuery(
                        "select s.orderId from Shipment s where s.orderId = :id and s.parcel.trackingNumber is null",
                        UUID.class)
                .setParameter("id", orderId.value()).getResultStream());
        return Stream.concat(byNumber, byOrder).findFirst().map(OrderId::new);
    }

    @Override
    public void add(Shipment shipment) {
        entityManager.persist(shipment);
    }

    @Override
    public void lock(Collection<OrderId> orderIds) {
        entityManager.unwrap(Session.class).createNativeQuery(
                "select * from shipment where order_id = any(:orderIds) order by order_id for no key update",
                Shipment.class).setParameter("orderIds", orderIds.stream().map(OrderId::value).toArray(UUID[]::new))
                .getResultList();
    }
}
