package dev.waybill.order.orders;

import dev.waybill.events.OrderId;
import dev.waybill.messaging.LogFields;
import dev.waybill.messaging.MessageContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts, once it is committed, what was known of a parcel too early, twice, or against what was decided about its order. The
 * last is for a person: a parcel is out for an order whose price was not kept.
 */
@Component
class ParcelFacts {

    private static final Logger LOG = LoggerFactory.getLogger(ParcelFacts.class);
    private static final String SCANS = "order.scans";

    private final Counter early;
    private final Counter duplicate;
    private final Counter contradicting;

    /** What is counted is there from the beginning, as nought: a rate needs a value before the first. */
    ParcelFacts(MeterRegistry meters) {
        this.early = meters.counter(SCANS, "outcome", "early");
        this.duplicate = meters.counter(SCANS, "outcome", "duplicate");
        this.contradicting = meters.counter(SCANS, "outcome", "contradicting");
    }

    /** A scan came before the confirmation. */
    void early() {
        afterCommit(early::increment);
    }

    void duplicate() {
        afterCommit(duplicate::increment);
    }

    /** A scan came after the order's end. */
    void contradicting(Order order) {
        OrderId id = order.id();
        OrderStatus status = order.status();
        MessageContext message = MessageContext.current().orElse(null);
        afterCommit(() -> {
            contradicting.increment();
            LogFields.run(id, message, () -> LOG.warn(
                    "Order {} is {}, and the carrier has its parcel: somebody has to see to it", id, status));
        });
    }

    /** The order has ended; where it is known that its parcel is out, that is a contradiction too. */
    void ended(Order order) {
        if (order.isContradictedByItsParcel()) {
            contradicting(order);
        }
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
