package dev.waybill.messaging.outbox;

import org.springframework.jdbc.core.JdbcTemplate;

import java.util.Comparator;
import java.util.List;

/**
 * What looks right and is not: everything that was written by transactions below the oldest one that runs, window after
 * window. Nothing is lost; but a transaction that began early and changed an aggregate late is published before the younger
 * one whose change it has seen.
 */
final class SnapshotWindowRows implements UnpublishedRows {

    private final JdbcTemplate jdbc;
    private final OutboxTable table;
    private long below;
    private long next;
    private boolean rowsWait;

    /** A row's id and the id of the transaction that wrote it. */
    private record Written(long id, long transaction) {}

    SnapshotWindowRows(JdbcTemplate jdbc, long below) {
        this.jdbc = jdbc;
        this.table = new OutboxTable(jdbc);
        this.below = below;
    }

    @Override
    public long position() {
        return below;
    }

    @Override
    public boolean waitsAtGap() {
        return rowsWait;
    }

    @Override
    public List<OutboxTable.Stored> next(int limit) {
        next = number("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
        List<Written> unpublished = jdbc.query(
                "select id, xmin::text::bigint from outbox where xmin::text::bigint >= ?",
                (row, n) -> new Written(row.getLong(1), row.getLong(2)), below);
        List<Written> window = unpublished.stream().filter(row -> row.transaction() < next)
                .sorted(Comparator.comparingLong(Written::transaction).thenComparingLong(Written::id)).toList();
        rowsWait = window.size() < unpublished.size();
        return window.stream().map(row -> table.readAfter(row.id() - 1, 1).getFirst()).toList();
    }

    @Override
    public void published(List<OutboxTable.Stored> rows) {
        below = next;
    }

    private long number(String sql) {
        return jdbc.query(sql, (row, n) -> row.getLong(1)).getFirst();
    }
}
