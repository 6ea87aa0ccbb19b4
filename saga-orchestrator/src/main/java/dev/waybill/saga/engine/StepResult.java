package dev.waybill.saga.engine;

/**
 * What an answer means for its step.
 *
 * @param <S> what the saga remembers
 */
public sealed interface StepResult<S> {

    /** What the saga remembers from now on. */
    S data();

    /** The step has had its effect. */
    static <S> StepResult<S> done(S data) {
        return new Done<>(data);
    }

    /** It is certain that the step has had no effect and will have none. */
    static <S> StepResult<S> refused(S data) {
        return new Refused<>(data);
    }

    /** See {@link #done}. */
    record Done<S>(S data) implements StepResult<S> {}

    /** See {@link #refused}. */
    record Refused<S>(S data) implements StepResult<S> {}
}
