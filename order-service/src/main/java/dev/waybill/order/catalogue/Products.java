package dev.waybill.order.catalogue;

import jakarta.persistence.LockModeType;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

interface Products extends Repository<Product, String> {

    Optional<Product> findBySku(String sku);

    /** As it is now, and locked until the end of the transaction. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    Optional<Product> findForChangeBySku(String sku);

    /** @return 1, or 0 where it is there already, whoever was faster */
    @Modifying
    @NativeQuery("""
            insert into product (sku, name, price_minor, currency, active)
            values (:sku, :name, :priceMinor, :currency, :active) on conflict do nothing""")
    int insert(String sku, String name, long priceMinor, String currency, boolean active);

    List<Product> findBySkuIn(Collection<String> skus);

    List<Product> findBySkuGreaterThanOrderBySku(String sku, Limit limit);

    /** Writes what has changed, so that the products have the versions that are stored. */
    void flush();
}
