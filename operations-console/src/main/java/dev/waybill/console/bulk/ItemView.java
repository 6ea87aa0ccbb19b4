package dev.waybill.console.bulk;

import dev.waybill.console.bulk.Items.StoredItem;
import org.jspecify.annotations.Nullable;

/**
 * An item as it stands in the list.
 *
 * @param page    its own, where its act is known
 * @param outcome in words
 */
record ItemView(int position, String service, String label, String queue, @Nullable String page, String outcome,
        boolean trouble, String said) {

    static ItemView of(StoredItem stored, @Nullable BulkAct act) {
        ItemOutcome outcome = stored.outcome();
        return new ItemView(stored.position(), stored.item().service(), stored.item().label(), stored.item().queue(),
                act == null ? null : act.about(stored.item()).page(),
                outcome != null ? outcome.words() : stored.begun() ? "begun" : "waits",
                outcome != null && outcome != ItemOutcome.DONE, stored.said() == null ? "" : stored.said());
    }
}
