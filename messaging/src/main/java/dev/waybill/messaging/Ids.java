package dev.waybill.messaging;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.waybill.events.MessageId;

import java.util.UUID;

/** New identifiers: UUIDv7 (RFC 9562), so that they sort by the time they were made and indexes stay compact. */
public final class Ids {

    private Ids() {}

    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    public static MessageId nextMessageId() {
        return new MessageId(next());
    }
}
