package dev.waybill.saga.engine;

/** Where a saga stands. */
public enum Status {
    /** On its way forward. */
    RUNNING,
    /** It has turned back and undoes what was done. */
    COMPENSATING,
    /** Every step is done. */
    COMPLETED,
    /** It was refused, or a step stayed in doubt, and nothing of it is left. */
    COMPENSATED,
    /** It cannot go on by itself: a person, or an answer that comes after all, has to help. */
    STUCK;

    /** Nothing more will be sent, and no answer changes anything. */
    public boolean isFinished() {
        return this == COMPLETED || this == COMPENSATED;
    }
}
