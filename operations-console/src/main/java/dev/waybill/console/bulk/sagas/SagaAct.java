package dev.waybill.console.bulk.sagas;

import dev.waybill.console.bulk.BulkAct;
import dev.waybill.console.bulk.BulkItem;
import dev.waybill.console.bulk.BulkOrder;
import dev.waybill.console.bulk.BulkResult;
import dev.waybill.console.journal.About;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Saga;

import java.util.UUID;

/** One thing that is asked of one saga after another, each only as long as it has not moved since it was frozen. */
final class SagaAct implements BulkAct {

    private static final int CONFLICT = 409;

    private final SagaChoice choice;
    private final SagaService sagas;

    SagaAct(SagaChoice choice, SagaService sagas) {
        this.choice = choice;
        this.sagas = sagas;
    }

    @Override
    public String name() {
        return choice.act();
    }

    @Override
    public String title() {
        return choice.title();
    }

    @Override
    public String consequence() {
        return choice.consequence();
    }

    @Override
    public About about(BulkItem item) {
        return About.saga(UUID.fromString(item.target()));
    }

    @Override
    public BulkResult carryOut(BulkItem item, BulkOrder by) {
        UUID id = UUID.fromString(item.target());
        return switch (sagas.saga(id)) {
            case Answer.Answered<Saga>(Saga now) when now.version() != item.version() ->
                new BulkResult.PassedOver("It has moved since it was frozen: it is %s, at %s now."
                        .formatted(now.status(), now.step()));
            case Answer.Answered<Saga> _ -> asked(choice.ask(sagas, id, item.version(), by));
            case Answer.Refused<Saga> no -> refused(no);
            case Answer.Silent<Saga> silent -> new BulkResult.Silent(silent.words(), false);
        };
    }

    private static BulkResult asked(Answer<Saga> answer) {
        return switch (answer) {
            case Answer.Answered<Saga>(Saga now) ->
                new BulkResult.Done("Taken on: it is %s, at %s now.".formatted(now.status(), now.step()));
            case Answer.Refused<Saga> no -> refused(no);
            case Answer.Silent<Saga> silent -> new BulkResult.Silent(silent.words(), silent.reached());
        };
    }

    private static BulkResult refused(Answer.Refused<Saga> no) {
        return no.isMissing() || no.isStale() || no.status() == CONFLICT
                ? new BulkResult.PassedOver(no.words())
                : new BulkResult.Failed(no.words());
    }
}
