package dev.waybill.messaging.operations;

import dev.waybill.messaging.inbox.ParkedMessage;
import dev.waybill.messaging.inbox.WorkedOff;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What has become of a key's messages.
 *
 * @param handled how many were handled
 * @param ended why it went no further
 * @param parked what stands first now, and is to be seen to next
 * @param waiting how many there still are, that one included
 */
record WorkedOffView(int handled, WorkedOff.Ended ended, @Nullable First parked, long waiting) {

    /** The message that stands first. */
    record First(UUID id, @Nullable String type, @Nullable String reason, int attempts) {

        static @Nullable First from(@Nullable ParkedMessage message) {
            return message == null
                    ? null
                    : new First(message.id(), message.type(), message.reason(), message.attempts());
        }
    }

    static WorkedOffView from(WorkedOff done) {
        return new WorkedOffView(done.handled(), done.ended(), First.from(done.parked()), done.waiting());
    }
}
