package dev.waybill.order.orders;

import dev.waybill.events.Money;
import dev.waybill.events.OrderEvent.RejectionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts, once it is committed, what became of orders: what the business is told. It counts what has changed and not what was
 * asked for, so a command that comes again counts nothing.
 */
@Component
class OrderFacts {

    private static final String REJECTED = "orders.rejected";

    private final MeterRegistry meters;
    private final Counter placed;
    private final Counter confirmed;
    private final Counter cancelled;

    /** What is counted is there from the beginning, as nought: a rate needs a value before the first. */
    OrderFacts(MeterRegistry meters) {
        this.meters = meters;
        this.placed = meters.counter("orders.placed");
        this.confirmed = meters.counter("orders.confirmed");
        this.cancelled = meters.counter("orders.cancelled");
        Stream.of(RejectionReason.values()).forEach(reason -> rejected(reason.name()));
    }

    /** To be called in the transaction. */
    void placed(Order order) {
        confirmedAmount(order.total());
        afterCommit(placed::increment);
    }

    /** Makes a change, in a transaction, and counts what it has changed. */
    <T> T counting(Order order, Supplier<T> change) {
        boolean wasConfirmed = order.isConfirmed();
        OrderStatus before = order.status();
        T answer = change.get();
        if (!wasConfirmed && order.isConfirmed()) {
            Money total = order.total();
            afterCommit(() -> {
                confirmed.increment();
                confirmedAmount(total).increment((double) total.amountMinor());
            });
        }
        OrderStatus now = order.status();
        if (now != before) {
            switch (now) {
                case REJECTED -> afterCommit(rejected(Objects.requireNonNull(order.reason()))::increment);
                case CANCELLED -> afterCommit(cancelled::increment);
                case PENDING, CONFIRMED, SHIPPED, DELIVERED, CANCELLING -> {
                    // On its way; whether it is confirmed is known above.
                }
            }
        }
        return answer;
    }

    private Counter rejected(String reason) {
        return meters.counter(REJECTED, "reason", reason);
    }

    /** In the smallest unit of its currency. What is paid back later is not taken off. */
    private Counter confirmedAmount(Money total) {
        return meters.counter("orders.confirmed.amount.minor", "currency", total.currency().getCurrencyCode());
    }

    private static void afterCommit(Runnable task) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                task.run();
            }
        });
    }
}
