package dev.waybill.order.orders;

import dev.waybill.defaults.paging.Moment;
import dev.waybill.defaults.paging.Page;
import dev.waybill.defaults.paging.PageRequest;
import dev.waybill.order.search.OrderFilter;
import dev.waybill.order.search.OrderSearch;
import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds orders, newest first. Which ones is up to the search; they are shown as they are now, with their lines, in two more
 * statements however many there are.
 */
@Repository
@Transactional(readOnly = true)
class FindingOrders {

    private final EntityManager entities;
    private final OrderSearch search;

    FindingOrders(EntityManager entities, OrderSearch search) {
        this.entities = entities;
        this.search = search;
    }

    Optional<OrderView> byId(UUID id) {
        return Optional.ofNullable(entities.find(Order.class, id)).map(OrderView::from);
    }

    Page<OrderView> newestFirst(OrderFilter filter, PageRequest request) {
        Page<Moment> found = request.page(
                search.newestFirst(filter, request.after(Moment::parse), request.fetchSize()),
                moment -> moment);
        Map<UUID, OrderView> views = viewsOf(found.items().stream().map(Moment::id).toList());
        List<OrderView> shown = found.items().stream().flatMap(moment -> Stream.ofNullable(views.get(moment.id())))
                .toList();
        return new Page<>(shown, found.next());
    }

    private Map<UUID, OrderView> viewsOf(Collection<UUID> ids) {
        return entities.createQuery("select o from Order o where o.id in :ids", Order.class).setParameter("ids", ids)
                .getResultList().stream().map(OrderView::from)
                .collect(Collectors.toMap(order -> order.id().value(), order -> order));
    }
}
