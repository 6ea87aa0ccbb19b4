package dev.waybill.console.parked;

import dev.waybill.console.bulk.BulkAct;
import dev.waybill.console.bulk.BulkItem;
import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.bulk.BulkResult;
import dev.waybill.console.journal.About;
import org.springframework.stereotype.Component;

/** Drops one message after another; what waits behind each is then handled. */
@Component
class DiscardParked implements BulkAct {

    static final String NAME = "parked.discard";

    private final ParkedMessagesApi api;

    DiscardParked(ParkedMessagesApi api) {
        this.api = api;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Discard parked messages";
    }

    @Override
    public String consequence() {
        return "Each is dropped for good, and its effect never comes: nobody can take that back. What waits behind it is "
                + "handled then, in order.";
    }

    @Override
    public About about(BulkItem item) {
        return BulkParked.about(item);
    }

    @Override
    public BulkResult carryOut(BulkItem item, BulkOrder by) {
        return BulkParked.ifUnchanged(api, item,
                id -> BulkParked.result(api.discard(item.service(), id, item.version(), by.reason(), by.who()),
                        done -> new BulkResult.Done("Discarded; of what waited behind it: " + done.words())));
    }
}
