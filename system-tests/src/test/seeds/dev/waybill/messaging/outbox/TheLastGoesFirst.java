package dev.waybill.messaging.outbox;

import java.util.List;

/** The bug: what is read together is published the last row first. */
final class TheLastGoesFirst {

    private TheLastGoesFirst() {}

    static List<OutboxTable.Stored> beforeTheFirstGap(
            List<OutboxTable.Stored> publishable, OutboxReader reader, List<OutboxTable.Stored> rows) {
        return publishable.reversed();
    }
}
