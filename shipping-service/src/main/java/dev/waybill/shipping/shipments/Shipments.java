package dev.waybill.shipping.shipments;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The shipments, by order. */
interface Shipments extends Repository<Shipment, UUID> {

    Optional<Shipment> findById(UUID orderId);

    Shipment save(Shipment shipment);

    /** Loads and locks shipments, in one order for everybody, so that no two transactions wait for each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select s from Shipment s where s.orderId in :orderIds order by s.orderId")
    List<Shipment> lockAll(Collection<UUID> orderIds);
}
