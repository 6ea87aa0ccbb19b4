package dev.waybill.saga.engine;

/** What has become of an input. None of these is an error. */
public enum Outcome {
    /** It has moved the saga. */
    TAKEN,
    /** An answer to a call that was answered before; nothing changes. */
    DUPLICATE,
    /** An answer to a call that is not waited for any more: given up in doubt, or by a person; nothing changes. */
    LATE,
    /** An answer to nothing that this saga has asked, or of a kind that does not answer it; nothing changes. */
    UNMATCHED,
    /** A timeout that came before its time; nothing changes. */
    NOT_DUE,
    /** A request that comes when all is over; nothing changes. */
    FINISHED,
    /** It is to turn back, but has done so already; nothing changes. */
    TURNED_BACK_ALREADY,
    /** It is to turn back, but the pivot is commanded: it may have happened; nothing changes. */
    NO_WAY_BACK,
    /** Something is to be skipped, but what it has come to can be undone, or undoes, or is the pivot; nothing changes. */
    NOT_TO_BE_SKIPPED,
    /** It is to be taken as ended, but can go on by itself; nothing changes. */
    NOT_STUCK,
    /** It is to be taken as undone, but the pivot has happened; nothing changes. */
    HAS_HAPPENED
}
