package dev.waybill.saga.running;

import dev.waybill.events.SagaId;
import dev.waybill.saga.engine.Input;
import dev.waybill.saga.engine.Outcome;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import java.util.Optional;

/** What people do about sagas: under the saga's lock, and in one transaction with all that follows from it. */
@Service
public class SeeingToSagas {

    private final StoredSagas sagas;
    private final SagaRunner runner;

    SeeingToSagas(StoredSagas sagas, SagaRunner runner) {
        this.sagas = sagas;
        this.runner = runner;
    }

    /**
     * Has a saga do what a person wants, if that makes sense.
     *
     * @return what has become of it; empty if there is no such saga
     * @throws UnknownDefinitionException when it runs under a definition that is not known here
     */
    @Transactional
    public Optional<Outcome> ask(SagaId id, Input.Request request) {
        return sagas.lock(id).map(saga -> runner.move(saga, request));
    }
}
