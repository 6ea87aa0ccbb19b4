package dev.waybill.messaging.outside;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.MessageContext;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A call that does as the test says, and remembers what was done with it. */
final class ScriptedCall implements OutsideCall<String> {

    /** What the outside does at an attempt. */
    interface Outside {
        String answer(OrderId orderId, UUID key);
    }

    /** What recording does, besides being remembered. */
    interface Recording {
        void record(OrderId orderId, String outcome);
    }

    record Made(OrderId orderId, UUID key) {}

    final List<Made> made = new CopyOnWriteArrayList<>();
    final List<OrderId> recorded = new CopyOnWriteArrayList<>();
    final List<OrderId> doubted = new CopyOnWriteArrayList<>();
    final Map<OrderId, MessageContext> causes = new ConcurrentHashMap<>();
    final List<String> faults = new CopyOnWriteArrayList<>();
    final AtomicInteger mostAtOnce = new AtomicInteger();

    volatile Outside outside = (orderId, key) -> "yes";
    volatile Recording recording = (orderId, outcome) -> {};

    private final String kind;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final Map<UUID, Boolean> underWay = new ConcurrentHashMap<>();

    ScriptedCall(String kind) {
        this.kind = kind;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String call(OrderId orderId, UUID key) {
        made.add(new Made(orderId, key));
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        @Nullable Boolean other = underWay.putIfAbsent(key, true);
        if (other != null) {
            faults.add(key + " is made twice at once");
        }
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            faults.add(key + " is made in a transaction");
        }
        try {
            return outside.answer(orderId, key);
        } finally {
            underWay.remove(key);
            atOnce.decrementAndGet();
        }
    }

    @Override
    public void record(OrderId orderId, String outcome) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            faults.add(orderId + " is recorded outside a transaction");
        }
        MessageContext.current().ifPresent(cause -> causes.put(orderId, cause));
        recording.record(orderId, outcome);
        recorded.add(orderId);
    }

    @Override
    public void inDoubt(OrderId orderId) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            faults.add(orderId + " is doubted outside a transaction");
        }
        doubted.add(orderId);
    }
}
