package dev.waybill.console.sagas;

import dev.waybill.console.journal.About;
import dev.waybill.console.journal.Journal;
import dev.waybill.console.services.Answer;
import dev.waybill.console.services.Answer.Answered;
import dev.waybill.console.services.Answer.Silent;
import dev.waybill.console.services.SagaService;
import dev.waybill.console.services.SagaService.Saga;
import dev.waybill.console.who.Who;
import org.springframework.stereotype.Service;

import java.util.UUID;

/**
 * Hands on to the orchestrator what a person wants of a saga, as they saw it. Nothing is handed on that is not in the journal first.
 * Where no answer is heard the saga is looked at again: whether it was taken on stands in the saga's own journal.
 */
@Service
class SteeringSagas {

    private final SagaService sagas;
    private final Journal journal;

    SteeringSagas(SagaService sagas, Journal journal) {
        this.sagas = sagas;
        this.journal = journal;
    }

    /**
     * It was taken on.
     *
     * @param heard else it was found in the saga's journal afterwards
     */
    record Taken(boolean heard) {

        /** For the console's journal. */
        String words() {
            return heard ? "" : "No answer was heard; the saga's own journal has it";
        }
    }

    Answer<Taken> steer(Saga saga, Wish wish, Who who) {
        return journal.record(who, wish.words(), About.saga(saga.id()).of(saga.orderId()), wish.reason(),
                () -> lookedFor(saga.id(), wish, who, asked(saga.id(), wish, who)), Taken::words);
    }

    private Answer<Saga> asked(UUID id, Wish wish, Who who) {
        long version = wish.seen().version();
        String why = wish.reason();
        return switch (wish.act()) {
            case RETRY -> sagas.retry(id, version, who, why);
            case SKIP -> sagas.skip(id, version, who, why);
            case COMPENSATE -> sagas.compensate(id, version, who, why);
            case RESOLVE -> sagas.resolve(id, version, who, wish.outcome(), why);
        };
    }

    private Answer<Taken> lookedFor(UUID id, Wish wish, Who who, Answer<Saga> answer) {
        boolean unheard = answer instanceof Silent<Saga> silent && silent.reached();
        return unheard && sagas.saga(id) instanceof Answered<Saga>(Saga now) && wish.isIn(now, who)
                ? new Answered<>(new Taken(false))
                : answer.map(taken -> new Taken(true));
    }
}
