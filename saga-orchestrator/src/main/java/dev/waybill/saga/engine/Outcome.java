package dev.waybill.saga.engine;

/** What has become of an input. None of these is an error. */
public enum Outcome {
    /** It has moved the saga. */
    TAKEN,
    /** An answer to a call that was answered before; nothing changes. */
    DUPLICATE,
    /** An answer to a call that was given up in doubt and is being undone, or is undone; nothing changes. */
    LATE,
    /** An answer to nothing that this saga has asked, or of a kind that does not answer it; nothing changes. */
    UNMATCHED,
    /** A timeout that came before its time; nothing changes. */
    NOT_DUE
}
