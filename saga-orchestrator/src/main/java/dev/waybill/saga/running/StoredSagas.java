package dev.waybill.saga.running;

import dev.waybill.events.OrderId;
import dev.waybill.events.OrderNumber;
import dev.waybill.events.SagaId;
import dev.waybill.saga.engine.JournalEntry;
import jakarta.persistence.EntityManager;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The sagas and their journals. Within a transaction it remembers for which orders it has looked, and what it found: so a
 * batch of orders is looked up in one query, and not once more for each order that has no saga yet.
 */
@Repository
class StoredSagas {

    private final Session entities;
    private final PerTransaction<Seen> seen = new PerTransaction<>(Seen.class, Seen::new, _ -> {});

    StoredSagas(EntityManager entities) {
        this.entities = entities.unwrap(Session.class);
    }

    /** Loads and locks all sagas of these orders, in the one order in which every transaction that waits locks them. */
    void lockAllOf(Collection<OrderId> orders) {
        Set<OrderId> unseen = new HashSet<>(orders);
        unseen.removeAll(seen.get().byOrder.keySet());
        if (unseen.isEmpty()) {
            return;
        }
        UUID[] ids = unseen.stream().map(OrderId::value).toArray(UUID[]::new);
        List<StoredSaga> found = entities
                .createNativeQuery("select * from saga where order_id = any(:orders) order by id for update",
                        StoredSaga.class)
                .setParameter("orders", ids).getResultList();
        unseen.forEach(order -> seen.get().byOrder.put(order, new ArrayList<>()));
        found.forEach(this::remember);
    }

    /** The saga of this type that works on this within the order; none stands for the order itself. */
    Optional<StoredSaga> find(String type, OrderId order, @Nullable UUID reference) {
        return all(order).stream().filter(saga -> saga.worksOn(type, reference)).findFirst();
    }

    /** Whatever works on the order under this id. */
    Optional<StoredSaga> find(SagaId id, OrderId order) {
        return all(order).stream().filter(saga -> saga.id().equals(id)).findFirst();
    }

    /** What people call the order, if one of its sagas knows. */
    Optional<OrderNumber> numberOf(OrderId order) {
        return all(order).stream().flatMap(saga -> Stream.ofNullable(saga.orderNumber())).findFirst();
    }

    /** Looked up first without a lock: whoever waits for one saga's lock waits for all of its order's, in their one order. */
    Optional<StoredSaga> lock(SagaId id) {
        return entities.createNativeQuery("select order_id from saga where id = :id", UUID.class)
                .setParameter("id", id.value()).uniqueResultOptional()
                .flatMap(order -> find(id, new OrderId(order)));
    }

    private List<StoredSaga> all(OrderId order) {
        lockAllOf(List.of(order));
        return seen.get().byOrder.getOrDefault(order, List.of());
    }

    /** Locks the longest due sagas of these definitions that nobody else has locked. */
    List<StoredSaga> lockDue(Instant now, int limit, Definitions known, Set<SagaId> except) {
        return entities.createNativeQuery("""
                select * from saga where deadline <= :now
                and type || ' ' || definition_version = any(:known) and id <> all(:except)
                order by deadline limit :limit for update skip locked""", StoredSaga.class)
                .setParameter("now", now).setParameter("limit", limit).setParameter("known", known.names())
                .setParameter("except", except.stream().map(SagaId::value).toArray(UUID[]::new)).getResultList();
    }

    void add(StoredSaga saga) {
        entities.persist(saga);
        remember(saga);
    }

    void append(StoredSaga saga, List<JournalEntry> journal) {
        journal.forEach(entry -> entities.persist(new JournalLine(saga, entry)));
    }

    private void remember(StoredSaga saga) {
        seen.get().byOrder.computeIfAbsent(saga.orderId(), order -> new ArrayList<>()).add(saga);
    }

    /** What this transaction has looked up: the sagas of each order. */
    private static final class Seen {
        private final Map<OrderId, List<StoredSaga>> byOrder = new HashMap<>();
    }
}
