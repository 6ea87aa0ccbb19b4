package dev.waybill.order.orders;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.events.CustomerId;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds orders, newest first, with their lines, in two statements however many there are. */
@Repository
@Transactional(readOnly = true)
class FindingOrders {

    private final EntityManager entities;

    FindingOrders(EntityManager entities) {
        this.entities = entities;
    }

    Optional<OrderView> byId(UUID id) {
        return Optional.ofNullable(entities.find(Order.class, id)).map(OrderView::from);
    }

    List<OrderView> newestFirst(
            @Nullable OrderStatus status, @Nullable CustomerId customerId, Optional<Moment> after, int limit) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        if (status != null) {
            conditions.add("o.status = :status");
            parameters.put("status", status);
        }
        if (customerId != null) {
            conditions.add("o.customerId = :customerId");
            parameters.put("customerId", customerId.value());
        }
        after.ifPresent(moment -> {
            conditions.add("(o.placedAt, o.id) < (:at, :id)");
            parameters.put("at", moment.at());
            parameters.put("id", moment.id());
        });
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        var query = entities.createQuery(
                "select o from Order o" + where + " order by o.placedAt desc, o.id desc", Order.class);
        parameters.forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList().stream().map(OrderView::from).toList();
    }
}
