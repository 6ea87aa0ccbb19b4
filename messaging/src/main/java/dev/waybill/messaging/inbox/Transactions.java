package dev.waybill.messaging.inbox;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Transactions that say what went wrong first: a rollback that fails as well, as the connection is gone, would hide it. An
 * error of the JVM comes out as an exception.
 */
class Transactions {

    private final TransactionOperations transactions;

    Transactions(TransactionOperations transactions) {
        this.transactions = transactions;
    }

    void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    <T> T call(Supplier<T> work) {
        return end(false, work);
    }

    /** Nothing of what is done remains, whatever comes of it. */
    <T> T callAndRollBack(Supplier<T> work) {
        return end(true, work);
    }

    private <T> T end(boolean rollBack, Supplier<T> work) {
        var first = new AtomicReference<@Nullable RuntimeException>();
        try {
            return transactions.execute(status -> {
                if (rollBack) {
                    status.setRollbackOnly();
                }
                try {
                    T result = work.get();
                    if (rollBack) {
                        status.flush();
                    }
                    return result;
                } catch (RuntimeException | Error e) {
                    RuntimeException fault = Faults.asException(e);
                    first.set(fault);
                    throw fault;
                }
            });
        } catch (RuntimeException | Error e) {
            RuntimeException cause = first.get();
            throw cause == null ? Faults.asException(e) : cause;
        }
    }
}
