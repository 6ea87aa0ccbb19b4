package dev.waybill.inventory.stock;

import dev.waybill.events.Sku;
import jakarta.persistence.EntityManager;
import org.hibernate.Session;
import org.springframework.stereotype.Repository;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The stock of every SKU, and its ledger. Rows are locked in SKU order, so that orders for the same SKUs never deadlock. */
@Repository
class StockItems {

    private final EntityManager entityManager;

    StockItems(EntityManager entityManager) {
        this.entityManager = entityManager;
    }

    Optional<StockItem> find(Sku sku) {
        return Optional.ofNullable(entityManager.find(StockItem.class, sku.value()));
    }

    /** In SKU order, those after a SKU, or from the first one on. */
    List<StockItem> list(Optional<Sku> after, int limit) {
        return entityManager
                .createQuery("select i from StockItem i where i.sku > :after order by i.sku", StockItem.class)
                .setParameter("after", after.map(Sku::value).orElse("")).setMaxResults(limit).getResultList();
    }

    /** The newest movements of a SKU first, those before a number, or from the last one on. */
    List<StockMovement> ledger(Sku sku, Optional<Long> before, int limit) {
        return entityManager.createQuery(
                "select m from StockMovement m where m.key.sku = :sku and m.key.version < :before order by m.key.version desc",
                StockMovement.class).setParameter("sku", sku.value())
                .setParameter("before", before.orElse(Long.MAX_VALUE)).setMaxResults(limit).getResultList();
    }

    Optional<StockMovement> movement(Sku sku, long number) {
        return Optional
                .ofNullable(entityManager.find(StockMovement.class, new StockMovement.Key(sku.value(), number)));
    }

    /** Makes a stock of nothing where there is none, so that it can be locked; two at once make one. */
    void begin(Sku sku) {
        entityManager.createNativeQuery(
                "insert into stock_item (sku, on_hand, reserved, version) values (:sku, 0, 0, 0) on conflict do nothing")
                .setParameter("sku", sku.value()).executeUpdate();
    }

    /** What there is of these SKUs, locked until the end of the transaction. */
    Stock lock(Collection<Sku> skus) {
        LockedRows<Sku, StockItem> locked = LockedRows.of(this);
        return new Stock(locked.get(skus, this::selectForUpdate));
    }

    /** Writes the movements to the ledger; the items themselves are written with the transaction. */
    void record(Stock stock) {
        stock.movements().forEach(entityManager::persist);
    }

    private Map<Sku, StockItem> selectForUpdate(List<Sku> skus) {
        return entityManager.unwrap(Session.class).createNativeQuery(
                "select * from stock_item where sku = any(:skus) order by sku for no key update",
                StockItem.class).setParameter("skus", skus.stream().map(Sku::value).toArray(String[]::new))
                .getResultList().stream().collect(Collectors.toMap(StockItem::sku, Function.identity()));
    }
}
