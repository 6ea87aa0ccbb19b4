package dev.waybill.console.parked;

import dev.waybill.console.bulk.BulkAct;
import dev.waybill.console.bulk.BulkItem;
import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.bulk.BulkResult;
import dev.waybill.console.journal.About;
import org.springframework.stereotype.Component;

/** Has one message after another handled, each with what waits behind it. */
@Component
class ReplayParked implements BulkAct {

    static final String NAME = "parked.replay";

    private final ParkedMessagesApi api;

    ReplayParked(ParkedMessagesApi api) {
        this.api = api;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Replay parked messages";
    }

    @Override
    public String consequence() {
        return "Each is handled as if it came now, and what waits behind it follows in order, until one fails. What its "
                + "handling says and asks for leaves the service.";
    }

    @Override
    public About about(BulkItem item) {
        return BulkParked.about(item);
    }

    @Override
    public BulkResult carryOut(BulkItem item, BulkOrder by) {
        return BulkParked.ifUnchanged(api, item,
                id -> BulkParked.result(api.replay(item.service(), id, item.version(), by.reason(), by.who()),
                        done -> done.hasFailed()
                                ? new BulkResult.Failed(done.words())
                                : new BulkResult.Done(done.words())));
    }
}
