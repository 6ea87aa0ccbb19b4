package dev.waybill.console.parked;

import dev.waybill.console.bulk.BulkItem;
import dev.waybill.console.bulk.BulkResult;
import dev.waybill.console.journal.About;
import dev.waybill.console.services.Answer;

import java.util.UUID;
import java.util.function.Function;

/** What the bulk acts on parked messages have in common: they look first, and read the service's answer in one way. */
final class BulkParked {

    private static final int CONFLICT = 409;

    private BulkParked() {}

    static About about(BulkItem item) {
        return About.message(item.service(), UUID.fromString(item.target()));
    }

    /** Does it only where the message stands there at the version at which it was frozen. */
    static BulkResult ifUnchanged(ParkedMessagesApi api, BulkItem item, Function<UUID, BulkResult> act) {
        UUID id = UUID.fromString(item.target());
        return switch (api.get(item.service(), id)) {
            case Answer.Answered<ParkedMessage>(ParkedMessage now) when now.version() != item.version() ->
                new BulkResult.PassedOver("It is at version %d, and was frozen at %d: somebody has changed or tried it."
                        .formatted(now.version(), item.version()));
            case Answer.Answered<ParkedMessage> _ -> act.apply(id);
            case Answer.Refused<ParkedMessage> no when no.isMissing() ->
                new BulkResult.PassedOver("It is gone: replayed or discarded by somebody else.");
            case Answer.Refused<ParkedMessage> no -> new BulkResult.Failed(no.words());
            case Answer.Silent<ParkedMessage> silent -> new BulkResult.Silent(silent.words(), false);
        };
    }

    static BulkResult result(Answer<WorkedOff> answer, Function<WorkedOff, BulkResult> done) {
        return switch (answer) {
            case Answer.Answered<WorkedOff>(WorkedOff worked) -> done.apply(worked);
            case Answer.Refused<WorkedOff> no when no.isMissing() || no.isStale() || no.status() == CONFLICT ->
                new BulkResult.PassedOver(no.words());
            case Answer.Refused<WorkedOff> no -> new BulkResult.Failed(no.words());
            case Answer.Silent<WorkedOff> silent -> new BulkResult.Silent(silent.words(), silent.reached());
        };
    }
}
