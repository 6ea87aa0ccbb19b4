package dev.waybill.messaging.inbox;

import dev.waybill.messaging.inbox.ParkedMessage.Content;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A line of the journal: what was done about a parked message or a paused subscription. It stays when the message is gone.
 *
 * @param parkedMessage the message, with its key, id and type; nothing where it was about the subscription as a whole
 * @param content what the message was changed into, or was when it was discarded
 */
public record ParkedAct(
        long id,
        Instant at,
        Kind kind,
        String who,
        @Nullable String why,
        @Nullable String detail,
        String subscription,
        @Nullable UUID parkedMessage,
        @Nullable String key,
        @Nullable UUID messageId,
        @Nullable String type,
        @Nullable Content content) {

    /** What was done. */
    public enum Kind {
        EDITED, DRY_RUN, HANDLED, FAILED, DISCARDED,
        /** A paused subscription was told to go on. */
        RESUMED
    }

    /** Who does something, and why. */
    public record By(String who, @Nullable String why) {}
}
