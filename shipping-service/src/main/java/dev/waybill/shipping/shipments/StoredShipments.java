package dev.waybill.shipping.shipments;

import dev.waybill.events.OrderId;
import jakarta.persistence.EntityManager;
import org.hibernate.Session;
import org.springframework.stereotype.Repository;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

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
        return first("s.parcel.trackingNumber = :key", trackingNumber)
                .or(() -> booked
                        .flatMap(id -> first("s.orderId = :key and s.parcel.trackingNumber is null", id.value())))
                .map(OrderId::new);
    }

    private Optional<UUID> first(String condition, Object key) {
        return entityManager.createQuery("select s.orderId from Shipment s where " + condition, UUID.class)
                .setParameter("key", key).getResultList().stream().findFirst();
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
