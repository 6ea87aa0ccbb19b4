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

    /** Whether a person or a cancellation can still have it turn back. A pivot that was commanded may have happened. */
    boolean mayBeCalledOff(Saga<?> saga, List<Call> calls) {
        return calls.stream().noneMatch(call -> call.isAt(Kind.ACTION, saga.pivot().name()));
    }

    /** What is known of a call that is in flight when it is called off: nothing, so it is undone too. */
    State whenCalledOff() {
        return State.IN_DOUBT;
    }

    /** Whether it is known that there is nothing to be turned back from any more; then a person cannot say otherwise. */
    boolean hasHappened(Saga<?> saga, List<Call> calls) {
        return calls.stream()
                .anyMatch(call -> call.isAt(Kind.ACTION, saga.pivot().name()) && call.state() == State.DONE);
    }

    /** Whether whoever waits for the end is told of it when a person has decided it. */
    boolean tellsWhatAPersonDecides() {
        return true;
    }

    /**
     * Whether this call makes the saga turn back. What follows the pivot never does. What ends a refused saga is sent when it
     * has turned back, or by a person who takes it as undone.
     */
    boolean turnsBack(Saga<?> saga, Call call) {
        if (call.kind() == Kind.ENDING) {
            return call.state() != State.WAIVED;
        }
        return call.kind() == Kind.ACTION && !saga.isRetriable(call.step())
                && (call.state() == State.REFUSED || call.state() == State.IN_DOUBT);
    }

    /** Whether only a person can help: what has to succeed was refused, or not answered however often it was asked. */
    boolean standsInTheWay(Saga<?> saga, Call call) {
        return call.isExhausted() || (call.state() == State.REFUSED && !turnsBack(saga, call));
    }
}
