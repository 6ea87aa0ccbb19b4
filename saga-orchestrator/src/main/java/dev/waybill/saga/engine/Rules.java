package dev.waybill.saga.engine;

import dev.waybill.saga.engine.Call.Kind;
import dev.waybill.saga.engine.Call.State;
import dev.waybill.saga.engine.Step.Compensatable;

import java.util.List;

/**
 * The decisions on which it depends that a refused saga leaves nothing behind. They stand apart so that the exploration can
 * put wrong ones in their place and show that it notices.
 */
class Rules {

    /** What is to be undone, in this order: the steps that are done or in doubt, the last one first. */
    <S> List<Compensatable<S>> toUndo(Saga<S> saga, List<Call> calls) {
        return saga.compensatables().reversed().stream()
                .filter(step -> calls.stream().anyMatch(call -> call.isAt(Kind.ACTION, step.name())
                        && (call.state() == State.DONE || call.state() == State.IN_DOUBT)))
                .toList();
    }

    /** Whether to turn back when this call is not answered. After the pivot was commanded there is no way back. */
    boolean mayBeGivenUp(Saga<?> saga, Call call) {
        return call.kind() == Kind.ACTION && saga.isCompensatable(call.step());
    }
}
