package dev.waybill.payment.payments;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The payments, by order. */
interface Payments extends Repository<Payment, UUID> {

    Optional<Payment> findById(UUID orderId);

    Payment save(Payment payment);

    /** Loads and locks payments, in one order for everybody, so that no two transactions wait for each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from Payment p where p.orderId in :orderIds order by p.orderId")
    List<Payment> lockAll(Collection<UUID> orderIds);
}
