package dev.waybill.messaging.outbox;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has a refused start say what has happened and what to do, and not where in the program it was found out. */
class OutboxIsBehindAnalyzer extends AbstractFailureAnalyzer<OutboxIsBehindException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OutboxIsBehindException cause) {
        return new FailureAnalysis(cause.forgotten().whatHasHappened(), cause.forgotten().whatToDo(), cause);
    }
}
