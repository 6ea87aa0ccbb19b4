package dev.waybill.notification.mails;

import dev.waybill.events.OrderId;
import jakarta.persistence.EntityManager;
import org.hibernate.Session;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The correspondence about every order. Whoever tells something of an order holds its lock until the end of the transaction. */
@Repository
class Correspondences {

    private final EntityManager entityManager;

    Correspondences(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /**
     * Loads and locks, in the order of their ids, the correspondence about these orders, and begins what is not there. Made first
     * and locked then, so that of two transactions that are the first to hear of an order one waits for the other.
     */
    void lock(Collection<OrderId> orderIds) {
        UUID[] sorted = orderIds.stream().map(OrderId::value).distinct().sorted().toArray(UUID[]::new);
        Session session = entityManager.unwrap(Session.class);
        session.createNativeMutationQuery("""
                insert into correspondence (order_id) select unnest(:orderIds) order by 1 on conflict do nothing
                """).setParameter("orderIds", sorted).executeUpdate();
        session.createNativeQuery(
                "select * from correspondence where order_id = any(:orderIds) order by order_id for no key update",
                Correspondence.class).setParameter("orderIds", sorted).getResultList();
    }

    /** @throws IllegalStateException where nothing was ever told of that order */
    Correspondence get(OrderId orderId) {
        Correspondence found = entityManager.find(Correspondence.class, orderId.value());
        if (found == null) {
            throw new IllegalStateException("There is no correspondence about order " + orderId);
        }
        return found;
    }

    List<Correspondence> all(Collection<OrderId> orderIds) {
        return entityManager
                .createQuery("select c from Correspondence c where c.orderId in :orderIds", Correspondence.class)
                .setParameter("orderIds", orderIds.stream().map(OrderId::value).toList()).getResultList();
    }

    /**
     * Forgets the addresses of orders that ended before then, except where a mail is still to go out.
     *
     * @return how many were forgotten
     */
    int forget(Instant endedBefore, Instant now, int atMost) {
        return entityManager.unwrap(Session.class)
                .createNativeMutationQuery(
                        """
                                update correspondence set address = null, forgotten_at = :now
                                 where order_id in (
                                    select order_id from correspondence c
                                     where address is not null and ended_at < :endedBefore
                                       and not exists (select from notification n where n.order_id = c.order_id and n.status = 'PENDING')
                                     order by ended_at limit :atMost for no key update skip locked)
                                """)
                .setParameter("now", now).setParameter("endedBefore", endedBefore).setParameter("atMost", atMost)
                .executeUpdate();
    }
}
