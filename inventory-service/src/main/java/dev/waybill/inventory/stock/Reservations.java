package dev.waybill.inventory.stock;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.events.OrderId;
import jakarta.persistence.EntityManager;
import org.hibernate.Session;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All reservations, refused and released ones too. Whoever changes one holds its lock until the end of the transaction. */
@Repository
class Reservations {

    private static final Moment BEGINNING = new Moment(Instant.EPOCH, new UUID(0, 0));

    private final EntityManager entityManager;

    Reservations(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    Optional<Reservation> find(OrderId orderId) {
        return Optional.ofNullable(entityManager.find(Reservation.class, orderId.value()));
    }

    Optional<Reservation> lock(OrderId orderId) {
        return lock(List.of(orderId)).stream().findFirst();
    }

    /** Those that exist, locked in the order of their ids. */
    Collection<Reservation> lock(Collection<OrderId> orderIds) {
        return locked().get(orderIds, this::selectForUpdate).values();
    }

    void add(Reservation reservation) {
        entityManager.persist(reservation);
        locked().add(reservation.orderId(), reservation);
    }

    /** Those that were made before a time and are still open, oldest first, beyond a position in that list. */
    List<Reservation> heldSince(Instant before, Optional<Moment> after, int limit) {
        Moment from = after.orElse(BEGINNING);
        return entityManager.unwrap(Session.class).createNativeQuery("""
                select * from reservation
                 where status = 'HELD' and created_at < :before and (created_at, order_id) > (:at, :id)
                 order by created_at, order_id""", Reservation.class).setParameter("before", before)
                .setParameter("at", from.at()).setParameter("id", from.id()).setMaxResults(limit).getResultList();
    }

    /** How many were made before a time and are still open. */
    long countHeldSince(Instant before) {
        return entityManager.unwrap(Session.class).createNativeQuery(
                "select count(*) from reservation where status = 'HELD' and created_at < :before", Long.class)
                .setParameter("before", before).getSingleResult();
    }

    private Map<OrderId, Reservation> selectForUpdate(List<OrderId> orderIds) {
        return entityManager.unwrap(Session.class).createNativeQuery(
                "select * from reservation where order_id = any(:orderIds) order by order_id for no key update",
                Reservation.class).setParameter("orderIds", orderIds.stream().map(OrderId::value).toArray(UUID[]::new))
                .getResultList().stream().collect(Collectors.toMap(Reservation::orderId, Function.identity()));
    }

    private LockedRows<OrderId, Reservation> locked() {
        return LockedRows.of(this);
    }
}
