package dev.waybill.messaging.outbox;

import java.util.List;

/** What one publisher is to publish next, from the mark on: which rows, in which order, and not before when. */
interface UnpublishedRows {

    /** Everything up to here is published, or will never be there. */
    long position();

    /** Whether rows are there that wait for another transaction to end. */
    boolean waitsAtGap();

    /**
     * What may be published now, in order; the position stays until {@link #published}. Fewer than the limit, and no gap: there
     * was no more.
     */
    List<OutboxTable.Stored> next(int limit);

    void published(List<OutboxTable.Stored> rows);
}
