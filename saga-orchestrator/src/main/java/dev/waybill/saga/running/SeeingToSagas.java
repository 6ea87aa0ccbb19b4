package dev.waybill.saga.running;

import dev.waybill.events.SagaId;
import dev.waybill.saga.engine.Input;
import dev.waybill.saga.engine.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people do about sagas: under the saga's lock, and in one transaction with all that follows from it. */
@Service
public class SeeingToSagas {

    private final StoredSagas sagas;
    private final SagaRunner runner;

    SeeingToSagas(StoredSagas sagas, SagaRunner runner) {
        this.sagas = sagas;
        this.runner = runner;
    }

    /** What has become of what a person wants. */
    public sealed interface Answer {

        /** The saga was asked. */
        record Asked(Outcome outcome) implements Answer {}

        /** It is not as it was when that person looked at it, and was not asked. */
        record Changed(long version) implements Answer {}

        /** There is none of that id. */
        record Unknown() implements Answer {}
    }

    /**
     * Has a saga do what a person wants, if that makes sense.
     *
     * @param version at which it has to be still; null where that does not matter
     * @throws UnknownDefinitionException when it runs under a definition that is not known here
     */
    @Transactional
    public Answer ask(SagaId id, @Nullable Long version, Input.Request request) {
        return sagas.lock(id).map(saga -> version == null || version == saga.version()
                ? new Answer.Asked(runner.move(saga, request))
                : new Answer.Changed(saga.version())).orElseGet(Answer.Unknown::new);
    }
}
