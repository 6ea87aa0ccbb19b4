package dev.waybill.saga.engine;

import dev.waybill.events.Command;
import dev.waybill.events.Event;

import java.util.function.BiFunction;
import java.util.function.Function;

/** A command, and what each of its answers means. The type parameter is what ties the one to the other. */
record Action<S, A extends Event>(
        Function<? super S, ? extends Command<A>> command, BiFunction<? super S, ? super A, StepResult<S>> answered) {

    /** Any answer means that it is done. */
    static <S, A extends Event> Action<S, A> thatCannotBeRefused(Function<? super S, ? extends Command<A>> command) {
        return new Action<>(command, (data, answer) -> StepResult.done(data));
    }

    Command<A> commandFor(S data) {
        return command.apply(data);
    }

    boolean isAnsweredBy(S data, Event event) {
        return commandFor(data).answeredBy().isInstance(event);
    }

    StepResult<S> answer(S data, Event event) {
        return answered.apply(data, commandFor(data).answeredBy().cast(event));
    }
}
