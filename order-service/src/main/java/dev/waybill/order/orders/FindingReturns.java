package dev.waybill.order.orders;

import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds what of an order was sent back, in the order in which it was asked for. */
@Repository
@Transactional(readOnly = true)
class FindingReturns {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final EntityManager entities;

    FindingReturns(EntityManager entities) {
        this.entities = entities;
    }

    Optional<ReturnView> byId(UUID orderId, UUID returnId) {
        return Optional.ofNullable(entities.find(OrderReturn.class, returnId)).map(ReturnView::from)
                .filter(found -> found.orderId().value().equals(orderId));
    }

    /** Empty where there is no such order. */
    Optional<List<ReturnView>> of(UUID orderId, Optional<UUID> after, int limit) {
        List<ReturnView> found = entities
                .createQuery("select r from OrderReturn r where r.orderId = :orderId and r.id > :after order by r.id",
                        OrderReturn.class)
                .setParameter("orderId", orderId).setParameter("after", after.orElse(BEFORE_ALL)).setMaxResults(limit)
                .getResultList().stream().map(ReturnView::from).toList();
        return found.isEmpty() && entities.find(Order.class, orderId) == null
                ? Optional.empty()
                : Optional.of(found);
    }
}
