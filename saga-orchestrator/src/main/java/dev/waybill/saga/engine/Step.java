package dev.waybill.saga.engine;

import java.util.List;

/** One step of a definition. */
sealed interface Step<S> {

    String name();

    /** Before the pivot: it can be undone. */
    record Compensatable<S>(String name, Action<S, ?> action, Action<S, ?> undo) implements Step<S> {}

    /** The point of no return. */
    record Pivot<S>(String name, Action<S, ?> action) implements Step<S> {}

    /** After the pivot, or at the end of a refused saga: actions that are sent together and have to succeed. */
    record Together<S>(String name, List<Action<S, ?>> actions) implements Step<S> {
        public Together {
            actions = List.copyOf(actions);
        }
    }
}
