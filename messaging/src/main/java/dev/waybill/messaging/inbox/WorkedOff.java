package dev.waybill.messaging.inbox;

import org.jspecify.annotations.Nullable;

/**
 * What has become of a queue that was worked off.
 *
 * @param handled how many messages were handled, the parked one among them if it was replayed
 * @param ended why it ended
 * @param parked the message that stands first now; nothing where the key flows again
 * @param waiting how many messages there still are under the key
 */
public record WorkedOff(int handled, Ended ended, @Nullable ParkedMessage parked, long waiting) {

    /** Why no more was handled. */
    public enum Ended {
        /** Nothing is left; the key flows again. */
        ALL_HANDLED,
        /** A message failed, and stands first now. */
        PARKED_AGAIN,
        /** It took so long that the rest is left to the next replay. */
        TIME_IS_UP,
        /** Somebody else sees to this queue. */
        TAKEN_OVER,
        /** A fault of the surroundings, which says nothing about the message. */
        INTERRUPTED,
        /** There is no such subscription here any more, so nothing can be handled. */
        NO_SUBSCRIPTION
    }
}
