package dev.waybill.saga.running;

import dev.waybill.events.SagaId;

/** A saga runs under a definition that is not known here: a newer one perhaps, that another replica has. */
public final class UnknownDefinitionException extends IllegalStateException {

    UnknownDefinitionException(SagaId saga, String type, int version) {
        super("Saga %s runs under %s, version %d, which is not known here".formatted(saga, type, version));
    }
}
