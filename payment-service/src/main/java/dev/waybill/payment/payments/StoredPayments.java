package dev.waybill.payment.payments;

import dev.waybill.events.OrderId;
import dev.waybill.payment.payments.PaymentTables.Loaded;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The payments in the database, as a transaction sees them: each loaded once, those that are saved written together right before
 * the commit. One that is new is therefore written once, with all that has happened to it.
 */
@Component
@EnableConfigurationProperties(PaymentSettings.class)
class StoredPayments implements Payments {

    private final PaymentTables tables;

    StoredPayments(PaymentTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Payment> find(OrderId orderId) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return tables.load(List.of(orderId)).stream().map(Loaded::payment).findFirst();
        }
        return Optional.ofNullable(seen().find(orderId)).map(Loaded::payment);
    }

    @Override
    public void save(Payment payment) {
        seen().save(payment);
    }

    @Override
    public void lock(Collection<OrderId> orderIds) {
        Seen seen = seen();
        List<OrderId> locked = tables.lock(orderIds).stream().map(OrderId::new).toList();
        seen.remember(orderIds, locked.isEmpty() ? List.of() : tables.load(locked));
    }

    private Seen seen() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Payments are changed in a transaction, and none is running");
        }
        Seen seen = (Seen) TransactionSynchronizationManager.getResource(this);
        if (seen == null) {
            seen = new Seen();
            TransactionSynchronizationManager.bindResource(this, seen);
            TransactionSynchronizationManager.registerSynchronization(seen);
        }
        return seen;
    }

    /** What one transaction has loaded, also that there is none, and what of that it has saved. */
    private final class Seen implements TransactionSynchronization {

        private final Map<OrderId, Optional<Loaded>> loaded = new HashMap<>();
        private final Map<OrderId, Loaded> saved = new LinkedHashMap<>();

        @Nullable Loaded find(OrderId orderId) {
            if (!loaded.containsKey(orderId)) {
                remember(List.of(orderId), tables.load(List.of(orderId)));
            }
            return loaded.getOrDefault(orderId, Optional.empty()).orElse(null);
        }

        /** What is there already stays: it may have changed since. */
        void remember(Collection<OrderId> asked, List<Loaded> found) {
            found.forEach(each -> loaded.putIfAbsent(each.payment().orderId(), Optional.of(each)));
            asked.forEach(orderId -> loaded.putIfAbsent(orderId, Optional.empty()));
        }

        void save(Payment payment) {
            Loaded known = find(payment.orderId());
            Loaded toSave = known == null ? Loaded.asNew(payment) : known;
            if (toSave.payment() != payment) {
                throw new IllegalStateException("This transaction has loaded another " + payment.subject());
            }
            loaded.put(payment.orderId(), Optional.of(toSave));
            saved.put(payment.orderId(), toSave);
        }

        /** Before calls to the outside and the outbox, which are written last. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE - 2;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            if (!saved.isEmpty()) {
                tables.store(new ArrayList<>(saved.values()));
            }
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(StoredPayments.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(StoredPayments.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(StoredPayments.this);
        }
    }
}
