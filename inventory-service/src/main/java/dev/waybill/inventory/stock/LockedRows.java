package dev.waybill.inventory.stock;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a repository has loaded and locked in the running transaction, and what it has found not to exist: asked for again,
 * neither costs a statement. So a batch is locked by one query ahead of its first handler, and a handler that runs without
 * one locks what it needs itself.
 */
class LockedRows<K extends Comparable<K>, E> implements TransactionSynchronization {

    private final Object owner;
    private final Map<K, Optional<E>> rows = new HashMap<>();

    private LockedRows(Object owner) {
        this.owner = owner;
    }

    /**
     * @throws IllegalStateException outside a transaction, where no lock would last
     */
    @SuppressWarnings("unchecked") // an owner has rows of one kind
    static <K extends Comparable<K>, E> LockedRows<K, E> of(Object owner) {
        // Kept as a synchronization of the transaction, they are put aside, taken up again and forgotten with it.
        for (TransactionSynchronization each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof LockedRows<?, ?> rows && rows.owner.equals(owner)) {
                return (LockedRows<K, E>) rows;
            }
        }
        LockedRows<K, E> rows = new LockedRows<>(owner);
        TransactionSynchronizationManager.registerSynchronization(rows);
        return rows;
    }

    /**
     * The rows that exist, in key order.
     *
     * @param lock loads and locks rows by their distinct keys, in one order for all transactions
     */
    SortedMap<K, E> get(Collection<K> keys, Function<List<K>, Map<K, E>> lock) {
        List<K> unseen = keys.stream().filter(key -> !rows.containsKey(key)).distinct().sorted().toList();
        if (!unseen.isEmpty()) {
            Map<K, E> found = lock.apply(unseen);
            unseen.forEach(key -> rows.put(key, Optional.ofNullable(found.get(key))));
        }
        SortedMap<K, E> existing = new TreeMap<>();
        for (K key : keys) {
            rows.getOrDefault(key, Optional.empty()).ifPresent(row -> existing.put(key, row));
        }
        return existing;
    }

    /** Knows a row that this transaction inserts. */
    void add(K key, E row) {
        rows.put(key, Optional.of(row));
    }
}
