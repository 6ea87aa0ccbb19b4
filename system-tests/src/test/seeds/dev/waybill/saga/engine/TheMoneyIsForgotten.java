package dev.waybill.saga.engine;

import dev.waybill.saga.engine.Step.Compensatable;

import java.util.List;

/** The bug: one compensation is skipped, the void of the authorization. */
final class TheMoneyIsForgotten {

    private TheMoneyIsForgotten() {}

    static <S> List<Compensatable<S>> toUndo(
            List<Compensatable<S>> steps, Rules rules, Saga<S> saga, List<Call> calls) {
        return steps.stream().filter(step -> !step.name().equals("authorize payment")).toList();
    }
}
