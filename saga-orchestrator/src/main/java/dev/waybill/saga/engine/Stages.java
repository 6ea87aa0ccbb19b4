package dev.waybill.saga.engine;

import dev.waybill.events.Command;
import dev.waybill.events.Event;
import dev.waybill.saga.engine.Step.Compensatable;
import dev.waybill.saga.engine.Step.Pivot;
import dev.waybill.saga.engine.Step.Together;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The stages of writing a {@link Saga} down. Each offers what may come next, and so nothing can come in a wrong place. */
public final class Stages {

    private Stages() {}

    /** Steps that can be undone, until the pivot is named. */
    public static final class BeforePivot<S> {

        private final String name;
        private final int version;
        private final Class<S> dataType;
        private final List<Compensatable<S>> steps;

        BeforePivot(String name, int version, Class<S> dataType, List<Compensatable<S>> steps) {
            this.name = name;
            this.version = version;
            this.dataType = dataType;
            this.steps = List.copyOf(steps);
        }

        /** A step whose undo cannot be refused: any answer to it means that nothing of the step is left. */
        public <A extends Event, B extends Event> BeforePivot<S> compensatable(
                String step,
                Function<? super S, ? extends Command<A>> action,
                BiFunction<? super S, ? super A, StepResult<S>> answered,
                Function<? super S, ? extends Command<B>> undo) {
            return and(new Compensatable<>(step, new Action<>(action, answered), Action.thatCannotBeRefused(undo)));
        }

        /** A step whose undo may be refused, which stops the saga for a person. */
        public <A extends Event, B extends Event> BeforePivot<S> compensatable(
                String step,
                Function<? super S, ? extends Command<A>> action,
                BiFunction<? super S, ? super A, StepResult<S>> answered,
                Function<? super S, ? extends Command<B>> undo,
                BiFunction<? super S, ? super B, StepResult<S>> undone) {
            return and(new Compensatable<>(step, new Action<>(action, answered), new Action<>(undo, undone)));
        }

        /** The step after which there is no way back. Refused, the saga turns back; unanswered, it never does. */
        public <A extends Event> AfterPivot<S> pivot(
                String step,
                Function<? super S, ? extends Command<A>> action,
                BiFunction<? super S, ? super A, StepResult<S>> answered) {
            return new AfterPivot<>(this, new Pivot<>(step, new Action<>(action, answered)));
        }

        private BeforePivot<S> and(Compensatable<S> step) {
            List<Compensatable<S>> more = new ArrayList<>(steps);
            more.add(step);
            return new BeforePivot<>(name, version, dataType, more);
        }
    }

    /** What has to succeed, once the pivot has. */
    public static final class AfterPivot<S> {

        private final BeforePivot<S> before;
        private final Pivot<S> pivot;

        private AfterPivot(BeforePivot<S> before, Pivot<S> pivot) {
            this.before = before;
            this.pivot = pivot;
        }

        /** Commands that are sent together; any answer to one of them means that it is done. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Doubtful<S> retriable(
                String step, Function<? super S, ? extends Command<? extends Event>>... actions) {
            return nothing().retriable(step, actions);
        }

        /** A command that may be refused, which stops the saga for a person: it never turns it back. */
        public <A extends Event> Doubtful<S> retriable(
                String step,
                Function<? super S, ? extends Command<A>> action,
                BiFunction<? super S, ? super A, StepResult<S>> answered) {
            return nothing().retriable(step, action, answered);
        }

        private Doubtful<S> nothing() {
            return new Doubtful<>(before, pivot, List.of());
        }
    }

    /**
     * More that has to succeed, one stage after the other; and what it means that nobody answered. The last command of the last
     * stage tells that all has succeeded: where a person takes a saga as completed, it is what is still sent.
     */
    public static final class Doubtful<S> {

        private final BeforePivot<S> before;
        private final Pivot<S> pivot;
        private final List<Together<S>> retriables;

        private Doubtful(BeforePivot<S> before, Pivot<S> pivot, List<Together<S>> retriables) {
            this.before = before;
            this.pivot = pivot;
            this.retriables = List.copyOf(retriables);
        }

        /** The next stage: commands that are sent together once all before is done; any answer means that it is. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Doubtful<S> retriable(
                String step, Function<? super S, ? extends Command<? extends Event>>... actions) {
            return and(Stages.<S>together(step, Arrays.asList(actions)));
        }

        /** The next stage: a command that may be refused, which stops the saga for a person: it never turns it back. */
        public <A extends Event> Doubtful<S> retriable(
                String step,
                Function<? super S, ? extends Command<A>> action,
                BiFunction<? super S, ? super A, StepResult<S>> answered) {
            return and(new Together<>(step, List.of(new Action<>(action, answered))));
        }

        /** One more command of the last stage; any answer means that it is done. */
        public Doubtful<S> togetherWith(Function<? super S, ? extends Command<? extends Event>> action) {
            Together<S> last = retriables.getLast();
            List<Action<S, ?>> actions = new ArrayList<>(last.actions());
            actions.add(anyAnswerWillDo(action));
            return new Doubtful<>(before, pivot, retriables.subList(0, retriables.size() - 1))
                    .and(new Together<>(last.name(), actions));
        }

        private Doubtful<S> and(Together<S> stage) {
            List<Together<S>> more = new ArrayList<>(retriables);
            more.add(stage);
            return new Doubtful<>(before, pivot, more);
        }

        /** What to remember when a step before the pivot is given up in doubt, so that the ending can tell why. */
        public Refusable<S> whenInDoubt(UnaryOperator<S> remember) {
            return new Refusable<>(this, remember);
        }
    }

    /** How a saga ends that was refused. */
    public static final class Refusable<S> {

        private final Doubtful<S> before;
        private final UnaryOperator<S> whenInDoubt;

        private Refusable(Doubtful<S> before, UnaryOperator<S> whenInDoubt) {
            this.before = before;
            this.whenInDoubt = whenInDoubt;
        }

        /**
         * Commands that are sent together when all is undone, or a person takes it as undone: they tell how it has ended. Any
         * answer to one of them means that it is done.
         */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Saga<S> whenRefused(
                String step, Function<? super S, ? extends Command<? extends Event>>... actions) {
            BeforePivot<S> first = before.before;
            return new Saga<>(
                    first.name,
                    first.version,
                    first.dataType,
                    first.steps,
                    before.pivot,
                    before.retriables,
                    Stages.<S>together(step, Arrays.asList(actions)),
                    whenInDoubt,
                    UnaryOperator.identity(),
                    Patience.TENTATIVE,
                    Patience.PERSISTENT);
        }
    }

    private static <S> Together<S> together(
            String step, List<? extends Function<? super S, ? extends Command<? extends Event>>> actions) {
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("The step '%s' does nothing".formatted(step));
        }
        return new Together<>(step, actions.stream().<Action<S, ?>>map(action -> anyAnswerWillDo(action)).toList());
    }

    /** Whichever family answers the command, it is asked for at run time, so nothing is lost by not naming it here. */
    @SuppressWarnings("unchecked")
    private static <S> Action<S, Event> anyAnswerWillDo(
            Function<? super S, ? extends Command<? extends Event>> action) {
        return Action.thatCannotBeRefused((Function<? super S, ? extends Command<Event>>) action);
    }
}
