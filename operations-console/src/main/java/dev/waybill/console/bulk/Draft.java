package dev.waybill.console.bulk;

import java.util.List;

/**
 * A selection before it is frozen.
 *
 * @param act     the {@link BulkAct#name()}
 * @param filter  what was looked for, in words
 * @param items   what is to be worked off, in this order
 * @param leftOut what was found as well, and will not be touched
 */
public record Draft(String act, String filter, BulkOrder order, List<BulkItem> items, List<LeftOut> leftOut) {

    public Draft {
        items = List.copyOf(items);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * What is not in the selection though the filter found it.
     *
     * @param why   in a few words, the same for all of them
     * @param items how many; 0 where that is not known
     */
    public record LeftOut(String service, String why, int items) {}
}
