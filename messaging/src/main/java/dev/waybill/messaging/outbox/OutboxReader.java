package dev.waybill.messaging.outbox;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the outbox in the order of its ids and stops before a gap that may still fill: an id that is missing belongs to a
 * transaction that is still open, or to one that will never have it. It is dead when every transaction that could have
 * drawn it has ended. Each of those had its transaction id before it drew, so before the gap was seen; an id that we take
 * after that is greater than all of theirs, and once the oldest running transaction is not older than ours, they are gone.
 *
 * <p>Not the snapshot's {@code xmax}: that is one more than the latest transaction that has <em>ended</em>, and one that is
 * running may have a greater id (docs/adr). What is noted here is valid only for the database it was noted in; it is
 * forgotten with the lease, so a database that was restored elsewhere, where transaction ids begin again, is no trap.
 */
class OutboxReader {

    private final JdbcTemplate jdbc;
    private final OutboxTable table;
    private long position;
    private long deadThrough;
    private @Nullable Fence fence;

    /** Ids up to {@code through} that are not there are dead when no transaction older than {@code transaction} runs. */
    private record Fence(long through, long transaction) {}

    OutboxReader(JdbcTemplate jdbc, OutboxTable table, long position) {
        this.jdbc = jdbc;
        this.table = table;
        this.position = position;
        this.deadThrough = position;
    }

    /** Everything up to here is published, or dead. */
    long position() {
        return position;
    }

    /** Whether rows are there that wait for an older transaction to end. */
    boolean waitsAtGap() {
        return fence != null;
    }

    /** What may be published now, in order; the position stays until {@link #published}. */
    List<OutboxTable.Stored> next(int limit) {
        passFence();
        List<OutboxTable.Stored> rows = table.readAfter(position, limit);
        List<OutboxTable.Stored> publishable = new ArrayList<>(rows.size());
        long expected = position + 1;
        for (OutboxTable.Stored row : rows) {
            boolean gap = row.id() > expected && row.id() - 1 > deadThrough;
            if (gap) {
                noteGap(rows.getLast().id());
                break;
            }
            publishable.add(row);
            expected = row.id() + 1;
        }
        return publishable;
    }

    void published(List<OutboxTable.Stored> rows) {
        position = rows.getLast().id();
        if (fence != null && position >= fence.through()) {
            fence = null;
        }
    }

    private void passFence() {
        if (fence != null && oldestRunningTransaction() >= fence.transaction()) {
            deadThrough = fence.through();
            fence = null;
        }
    }

    private void noteGap(long seenThrough) {
        if (fence == null) {
            fence = new Fence(seenThrough, ownTransaction());
        }
    }

    /** Read before the rows, so that whatever has ended by then is seen among them. */
    private long oldestRunningTransaction() {
        return query("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
    }

    /** Greater than every transaction id that was given out before. */
    private long ownTransaction() {
        return query("select pg_current_xact_id()::text::bigint");
    }

    private long query(String sql) {
        Long answer = jdbc.queryForObject(sql, Long.class);
        if (answer == null) {
            throw new IllegalStateException("No answer to " + sql);
        }
        return answer;
    }
}
