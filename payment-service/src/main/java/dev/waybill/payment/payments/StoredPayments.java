package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;
import jakarta.persistence.EntityManager;
import org.hibernate.Session;
import org.springframework.stereotype.Repository;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** The payments in the database. */
@Repository
class StoredPayments implements Payments {

    private final EntityManager entityManager;

    StoredPayments(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    @Override
    public Optional<Payment> find(OrderId orderId) {
        return Optional.ofNullable(entityManager.find(Payment.class, orderId.value()));
    }

    @Override
    public void add(Payment payment) {
        entityManager.persist(payment);
    }

    @Override
    public void lock(Collection<OrderId> orderIds) {
        entityManager.unwrap(Session.class).createNativeQuery(
                "select * from payment where order_id = any(:orderIds) order by order_id for no key update",
                Payment.class).setParameter("orderIds", orderIds.stream().map(OrderId::value).toArray(UUID[]::new))
                .getResultList();
    }
}
