package dev.waybill.saga.running;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** Something that each transaction has for itself: made when first asked for, gone when the transaction has ended. */
final class PerTransaction<T> {

    private final Class<T> type;
    private final Supplier<T> make;
    private final Consumer<T> whenCommitted;

    PerTransaction(Class<T> type, Supplier<T> make, Consumer<T> whenCommitted) {
        this.type = type;
        this.make = make;
        this.whenCommitted = whenCommitted;
    }

    /** @throws IllegalStateException outside a transaction */
    T get() {
        Object bound = TransactionSynchronizationManager.getResource(this);
        if (bound != null) {
            return type.cast(bound);
        }
        T made = make.get();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                whenCommitted.accept(made);
            }

            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResource(PerTransaction.this);
            }
        });
        TransactionSynchronizationManager.bindResource(this, made);
        return made;
    }
}
