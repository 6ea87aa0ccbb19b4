package dev.waybill.messaging;

import dev.waybill.events.OrderId;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.util.List;

/** Something that a transaction does if, and only if, it commits. A dry run shows it and never lets it happen. */
public sealed interface Intention {

    /** A message is published. */
    record Say(String type, String topic, String key, String payload) implements Intention {}

    /** A call to the outside world is made. */
    record Call(String kind, OrderId orderId) implements Intention {}

    /** A synchronization of a transaction that collects what is to happen after the commit. */
    interface Collector {
        List<? extends Intention> intentions();
    }

    /** All that the running transaction has collected so far. */
    static List<Intention> ofRunningTransaction() {
        return TransactionSynchronizationManager.getSynchronizations().stream().filter(Collector.class::isInstance)
                .map(Collector.class::cast).<Intention>flatMap(collector -> collector.intentions().stream()).toList();
    }
}
