package dev.waybill.notification.mails;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.events.MessageId;
import dev.waybill.events.OrderId;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All notifications, those without a mail too. */
@Repository
class Notifications {

    private final EntityManager entityManager;

    Notifications(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    /** Which ones a list shows; what is null does not matter. */
    record Filter(@Nullable UUID orderId, @Nullable NotificationStatus status) {}

    /** Those that are neither sent nor given up, and since when the oldest of them is there. */
    record Unsent(long count, @Nullable Instant oldest) {}

    boolean isNoted(MessageId event) {
        return entityManager.find(Notification.class, event.value()) != null;
    }

    void add(Notification notification) {
        entityManager.persist(notification);
    }

    Notification get(UUID id) {
        return Optional.ofNullable(entityManager.find(Notification.class, id))
                .orElseThrow(() -> new IllegalStateException("There is no notification " + id));
    }

    /** What waits for the order's placing, in the order of the facts. */
    List<Notification> waiting(OrderId orderId) {
        return inOrder(orderId, NotificationStatus.WAITING, Integer.MAX_VALUE);
    }

    /** What is to be sent first, in the order of the facts. */
    Optional<Notification> nextToSend(OrderId orderId) {
        return inOrder(orderId, NotificationStatus.PENDING, 1).stream().findFirst();
    }

    private List<Notification> inOrder(OrderId orderId, NotificationStatus status, int limit) {
        return entityManager.createQuery("""
                select n from Notification n where n.orderId = :orderId and n.status = :status
                 order by n.logicalTime, n.id
                """, Notification.class).setParameter("orderId", orderId.value()).setParameter("status", status)
                .setMaxResults(limit).getResultList();
    }

    /** The newest facts first, from behind a place in the list. */
    List<Notification> list(Filter filter, Optional<Moment> after, int limit) {
        List<String> where = new ArrayList<>(List.of("true"));
        Map<String, Object> values = new LinkedHashMap<>();
        if (filter.orderId() != null) {
            where.add("n.orderId = :orderId");
            values.put("orderId", filter.orderId());
        }
        if (filter.status() != null) {
            where.add("n.status = :status");
            values.put("status", filter.status());
        }
        after.ifPresent(moment -> {
            where.add("(n.saidAt, n.id) < (:at, :id)");
            values.put("at", moment.at());
            values.put("id", moment.id());
        });
        var query = entityManager.createQuery(
                "select n from Notification n where %s order by n.saidAt desc, n.id desc"
                        .formatted(String.join(" and ", where)),
                Notification.class);
        values.forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList();
    }

    Unsent unsent() {
        return entityManager.createQuery("""
                select count(n), min(n.createdAt) from Notification n where n.status in (WAITING, PENDING)
                """, Unsent.class).getSingleResult();
    }
}
