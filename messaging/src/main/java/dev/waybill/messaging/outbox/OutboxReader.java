package dev.waybill.messaging.outbox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the outbox in the order of its ids and stops before a gap that may still fill: an id that is missing belongs to a
 * transaction that has not ended, or to one that ended without it. It is dead once everybody has ended who had written the
 * outbox, and had not ended, after the gap was seen: whoever drew the id is among them, or was over before.
 *
 * <p>Transactions that have not written this outbox, however long they run, are not waited for (docs/adr). While it waits it
 * asks for the writers only; the rows are read again when one of them has ended. What is noted is forgotten with the lease,
 * so a database that was restored elsewhere is no trap.
 */
class OutboxReader implements UnpublishedRows {

    private final OutboxTable table;
    private final OutboxWriters writers;
    private long position;
    private long deadThrough;
    private @Nullable Gap gap;
    /** Whether the last read gave as much as it was allowed to: then there may be more before the gap. */
    private boolean full;

    /** Ids up to {@code through} that are not there are dead when none of these transactions is left. */
    private record Gap(long through, Set<String> open) {}

    OutboxReader(OutboxTable table, OutboxWriters writers, long position) {
        this.table = table;
        this.writers = writers;
        this.position = position;
        this.deadThrough = position;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean waitsAtGap() {
        return gap != null;
    }

    @Override
    public List<OutboxTable.Stored> next(int limit) {
        if (gap != null && !full && nobodyHasEnded(gap)) {
            return List.of();
        }
        List<OutboxTable.Stored> rows = table.readAfter(position, limit);
        List<OutboxTable.Stored> publishable = beforeTheFirstGap(rows);
        full = publishable.size() == limit;
        if (publishable.size() == rows.size() || (gap != null && !reachPast(gap, publishable))) {
            return publishable;
        }
        note(rows.getLast().id());
        boolean deadAlready = gap == null;
        return deadAlready ? next(limit) : publishable;
    }

    @Override
    public void published(List<OutboxTable.Stored> rows) {
        position = rows.getLast().id();
        if (gap != null && position >= gap.through()) {
            gap = null;
        }
    }

    /** If so then what holds back the rows after them is another gap, which has not been noted yet. */
    private static boolean reachPast(Gap seen, List<OutboxTable.Stored> publishable) {
        return !publishable.isEmpty() && publishable.getLast().id() >= seen.through();
    }

    private List<OutboxTable.Stored> beforeTheFirstGap(List<OutboxTable.Stored> rows) {
        List<OutboxTable.Stored> publishable = new ArrayList<>(rows.size());
        long expected = position + 1;
        for (OutboxTable.Stored row : rows) {
            if (row.id() > expected && row.id() - 1 > deadThrough) {
                break;
            }
            publishable.add(row);
            expected = row.id() + 1;
        }
        return publishable;
    }

    /** Asked before the rows are read: whoever has ended by then is seen among them. */
    private boolean nobodyHasEnded(Gap seen) {
        Set<String> left = new HashSet<>(writers.running());
        left.removeIf(writer -> !seen.open().contains(writer) && !writer.equals(OutboxWriters.PREPARED));
        if (left.isEmpty()) {
            pass(seen.through());
        } else {
            gap = new Gap(seen.through(), left);
        }
        return left.equals(seen.open());
    }

    /** Asked after the rows were read: whoever drew an id that is missing among them has the lock by then. */
    private void note(long seenThrough) {
        Set<String> open = writers.running();
        if (open.isEmpty()) {
            pass(seenThrough);
        } else {
            gap = new Gap(seenThrough, open);
        }
    }

    private void pass(long through) {
        deadThrough = through;
        gap = null;
    }
}
