package dev.waybill.messaging.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.util.ArrayList;
import java.util.List;

/**
 * What is right and was too patient: in the order of the ids, up to a gap, which is passed once no transaction of the cluster
 * is older than the sighting. It waits for everybody, whether they have to do with the outbox or not.
 */
final class TransactionIdFenceRows implements UnpublishedRows {

    private final JdbcTemplate jdbc;
    private final OutboxTable table;
    private long position;
    private long deadThrough;
    private @Nullable Fence fence;

    private record Fence(long through, long transaction) {}

    TransactionIdFenceRows(JdbcTemplate jdbc, long position) {
        this.jdbc = jdbc;
        this.table = new OutboxTable(jdbc);
        this.position = position;
        this.deadThrough = position;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean waitsAtGap() {
        return fence != null;
    }

    @Override
    public List<OutboxTable.Stored> next(int limit) {
        if (fence != null && number("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint") >= fence
                .transaction()) {
            deadThrough = fence.through();
            fence = null;
        }
        List<OutboxTable.Stored> rows = table.readAfter(position, limit);
        List<OutboxTable.Stored> publishable = new ArrayList<>();
        long expected = position + 1;
        for (OutboxTable.Stored row : rows) {
            if (row.id() > expected && row.id() - 1 > deadThrough) {
                if (fence == null) {
                    fence = new Fence(rows.getLast().id(), number("select pg_current_xact_id()::text::bigint"));
                }
                break;
            }
            publishable.add(row);
            expected = row.id() + 1;
        }
        return publishable;
    }

    @Override
    public void published(List<OutboxTable.Stored> rows) {
        position = rows.getLast().id();
        if (fence != null && position >= fence.through()) {
            fence = null;
        }
    }

    private long number(String sql) {
        return jdbc.query(sql, (row, n) -> row.getLong(1)).getFirst();
    }
}
