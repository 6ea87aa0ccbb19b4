package dev.waybill.console.sagas;

import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.who.Who;
import org.springframework.stereotype.Service;

import java.util.UUID;

/** Hands on to the orchestrator what a person wants of a saga. Nothing is handed on that is not in the journal first. */
@Service
class SteeringSagas {

    private final SagaService sagas;
    private final Journal journal;

    SteeringSagas(SagaService sagas, Journal journal) {
        this.sagas = sagas;
        this.journal = journal;
    }

    Answer<Saga> steer(Saga saga, Wish wish, Who who) {
        UUID id = saga.id();
        String why = wish.reason();
        return journal.record(who, wish.words(), About.saga(id).of(saga.orderId()), why, () -> switch (wish.act()) {
            case RETRY -> sagas.retry(id, who, why);
            case SKIP -> sagas.skip(id, who, why);
            case COMPENSATE -> sagas.compensate(id, who, why);
            case RESOLVE -> sagas.resolve(id, who, wish.outcome(), why);
        });
    }
}
