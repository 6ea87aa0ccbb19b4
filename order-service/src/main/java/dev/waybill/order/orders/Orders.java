package dev.waybill.order.orders;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

interface Orders extends Repository<Order, UUID> {

    Order save(Order order);

    Optional<Order> findById(UUID id);

    /**
     * Loads them and keeps them locked until the transaction ends; in one fixed order, so that batches do not
     * deadlock.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select o from Order o where o.id in :ids order by o.id")
    List<Order> lockAll(Collection<UUID> ids);

    @Query(value = "select nextval('order_number')", nativeQuery = true)
    long nextNumber();
}
