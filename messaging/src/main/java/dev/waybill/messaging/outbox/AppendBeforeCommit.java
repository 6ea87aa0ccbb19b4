package dev.waybill.messaging.outbox;

import dev.waybill.events.OrderNumber;
import dev.waybill.messaging.Intention;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one transaction has to say. It is written after the aggregates' own writes: whoever had to wait for a row of ours
 * draws a later id than we did, and that is what the order of publication rests on.
 */
class AppendBeforeCommit implements TransactionSynchronization, Ordered, Intention.Collector {

    private final List<OutboxRow> rows = new ArrayList<>();
    private final Map<Object, Integer> savepoints = new HashMap<>();
    private final Runnable flushAggregates;
    private final OutboxTable table;
    private final Runnable wakeRelay;

    AppendBeforeCommit(Runnable flushAggregates, OutboxTable table, Runnable wakeRelay) {
        this.flushAggregates = flushAggregates;
        this.table = table;
        this.wakeRelay = wakeRelay;
    }

    void add(OutboxRow row) {
        rows.add(row);
    }

    /** The order's number as this aggregate's earlier events have it: for what a request from outside makes it say. */
    @Nullable OrderNumber numberSaidBefore(String subject) {
        return table.numberSaidBefore(subject);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (!rows.isEmpty()) {
            flushAggregates.run();
            table.append(rows);
        }
    }

    @Override
    public void afterCommit() {
        if (!rows.isEmpty()) {
            wakeRelay.run();
            SaidLog.tell(rows);
        }
    }

    @Override
    public List<Intention.Say> intentions() {
        return rows.stream().map(
                row -> new Intention.Say(
                        row.envelope().type(), row.topic(), row.envelope().partitionKey(), row.payload()))
                .toList();
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, rows.size());
    }

    @Override
    public void savepointRollback(Object savepoint) {
        rows.subList(savepoints.getOrDefault(savepoint, 0), rows.size()).clear();
    }

    /** Last: another synchronization may still say something before the commit. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
