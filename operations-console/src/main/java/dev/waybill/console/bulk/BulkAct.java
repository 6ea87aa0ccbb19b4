package dev.waybill.console.bulk;

import dev.waybill.console.journal.About;

/** Something that can be done to many things at once. Each bean of this type is one; the worker calls it for one item after another. */
public interface BulkAct {

    /** By what it is known in the database, like {@code parked.replay}: it never changes. */
    String name();

    /** What it says on the page, like "Replay parked messages". */
    String title();

    /** What it does to each of them, and what of that nobody can take back: said before anybody confirms it. */
    String consequence();

    /** The item's own page. */
    About about(BulkItem item);

    /**
     * Does it to one item, if that is still as it was when it was frozen. It may be called again for an item where a call before had
     * no known end, and so has to look first; all it may wait is well under the lease.
     *
     * @param by in whose name, and why
     */
    BulkResult carryOut(BulkItem item, BulkOrder by);
}
