package dev.waybill.messaging.outbox;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The bug: rows are marked as published before they are sent, and the first time the sending does not take place. */
final class MarkedAndNeverSent {

    private static final AtomicBoolean LOST = new AtomicBoolean();

    private MarkedAndNeverSent() {}

    static List<OutboxTable.Stored> next(List<OutboxTable.Stored> rows, OutboxReader reader, int limit) {
        if (rows.isEmpty() || LOST.getAndSet(true)) {
            return rows;
        }
        reader.published(rows);
        return List.of();
    }
}
