package dev.waybill.messaging.outbox;

import java.util.List;

/** What looks right and is not: everything behind the last id. A lower id can be committed later, and is then lost. */
final class LastIdRows implements UnpublishedRows {

    private final OutboxTable table;
    private long position;

    LastIdRows(OutboxTable table, long position) {
        this.table = table;
        this.position = position;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean waitsAtGap() {
        return false;
    }

    @Override
    public List<OutboxTable.Stored> next(int limit) {
        return table.readAfter(position, limit);
    }

    @Override
    public void published(List<OutboxTable.Stored> rows) {
        position = rows.getLast().id();
    }
}
