package dev.waybill.order.orders;

import dev.waybill.events.OrderId;
import jakarta.persistence.EntityManager;
import org.hibernate.Session;
import org.springframework.stereotype.Repository;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The orders, by id. */
@Repository
class Orders {

    private final EntityManager entityManager;

    Orders(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    Optional<Order> find(OrderId orderId) {
        return Optional.ofNullable(entityManager.find(Order.class, orderId.value()));
    }

    /**
     * @throws NoSuchOrder when there is none under this id
     */
    Order get(OrderId orderId) {
        return find(orderId).orElseThrow(() -> new NoSuchOrder(orderId));
    }

    /** As it is now, and locked until the end of the transaction. */
    Optional<Order> lock(OrderId orderId) {
        lock(List.of(orderId));
        return find(orderId);
    }

    /** Writes what has changed, so that the orders have the versions that are stored. */
    void flush() {
        entityManager.flush();
    }

    Order add(Order order) {
        entityManager.persist(order);
        return order;
    }

    /** Loads and locks orders, in one order for everybody, so that no two transactions wait for each other. */
    void lock(Collection<OrderId> orderIds) {
        session().createNativeQuery(
                "select * from orders where id = any(:orderIds) order by id for no key update",
                Order.class).setParameter("orderIds", orderIds.stream().map(OrderId::value).toArray(UUID[]::new))
                .getResultList();
    }

    long nextNumber() {
        return session().createNativeQuery("select nextval('order_number')", Long.class).getSingleResult();
    }

    private Session session() {
        return entityManager.unwrap(Session.class);
    }
}
