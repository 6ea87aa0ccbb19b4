package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.Ids;
import dev.waybill.messaging.Intention;
import dev.waybill.messaging.MessageContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Collects what a transaction requests, stores it in one statement right before the commit, and hands it to the worker of
 * this process right after. What is rolled back was never requested.
 */
final class RequestedCalls implements OutsideCalls {

    private final OutsideCallTable table;
    private final OutsideCallWorker worker;
    private final OutsideCallSettings settings;

    RequestedCalls(OutsideCallTable table, OutsideCallWorker worker, OutsideCallSettings settings) {
        this.table = table;
        this.worker = worker;
        this.settings = settings;
    }

    @Override
    public void request(String kind, OrderId orderId) {
        requestAbout(kind, orderId, null);
    }

    @Override
    public void request(String kind, OrderId orderId, UUID about) {
        requestAbout(kind, orderId, about);
    }

    private void requestAbout(String kind, OrderId orderId, @Nullable UUID about) {
        worker.requireKnown(kind);
        pending().add(new OpenCall(Ids.next(), kind, orderId, about, MessageContext.current().orElse(null), 1));
    }

    @Override
    public <R> boolean settle(OutsideCall<R> call, OrderId orderId, UUID idempotencyKey, R outcome) {
        Pending transaction = pending();
        Optional<OutsideCallTable.ClosedFirst> open = table.closeFirst(orderId, call.kind(), idempotencyKey);
        open.ifPresent(closed -> {
            transaction.nextWaits |= closed.nextWaits();
            closed.call().record(call, outcome);
        });
        return open.isPresent();
    }

    private Pending pending() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A call to the outside is requested within a transaction");
        }
        Pending pending = (Pending) TransactionSynchronizationManager.getResource(this);
        if (pending == null) {
            pending = new Pending();
            TransactionSynchronizationManager.bindResource(this, pending);
            TransactionSynchronizationManager.registerSynchronization(pending);
        }
        return pending;
    }

    /** What one transaction has requested so far. */
    private final class Pending implements TransactionSynchronization, Intention.Collector {

        private final List<OpenCall> requests = new ArrayList<>();
        private @Nullable List<OpenCall> claimed;
        /** A call waited behind one that was settled here, and is due now. */
        private boolean nextWaits;

        void add(OpenCall request) {
            if (claimed != null) {
                throw new IllegalStateException("The transaction is being committed: too late to request a call");
            }
            requests.add(request);
        }

        @Override
        public List<Intention.Call> intentions() {
            return requests.stream().map(request -> new Intention.Call(request.kind(), request.orderId())).toList();
        }

        /** Before the outbox, which writes last. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE - 1;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(RequestedCalls.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(RequestedCalls.this, this);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            claimed = requests.isEmpty() ? List.of() : table.insert(requests, settings.claim());
        }

        @Override
        public void afterCommit() {
            if (claimed != null) {
                worker.take(claimed);
                if (nextWaits || claimed.size() < requests.size()) {
                    worker.wake();
                }
            }
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(RequestedCalls.this);
        }
    }
}
