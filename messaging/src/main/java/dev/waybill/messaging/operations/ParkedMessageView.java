package dev.waybill.messaging.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.messaging.inbox.ParkedMessage;
import dev.waybill.messaging.inbox.ParkedMessage.State;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A parked message as it stands in a list.
 *
 * @param messageId its {@code ce_id}, or what stands for it
 * @param waitsBehind the parked message that has to be seen to first
 * @param payload its text; only the beginning where it is {@code truncated}
 * @param payloadEncoding {@code BASE64} where it is no text
 */
record ParkedMessageView(
        UUID id,
        String subscription,
        @Nullable String type,
        String key,
        UUID messageId,
        State state,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID waitsBehind,
        @Nullable String reason,
        int attempts,
        Instant parkedAt,
        String topic,
        int partition,
        long offset,
        boolean edited,
        long version,
        @Nullable String payload,
        PayloadText.Encoding payloadEncoding,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated,
        Map<String, String> headers) {

    /** @param longest so many bytes of the payload, at most */
    static ParkedMessageView from(ParkedMessage message, int longest) {
        PayloadText payload = PayloadText.of(message.content().payload(), longest);
        return new ParkedMessageView(
                message.id(),
                message.subscription(),
                message.type(),
                message.key(),
                message.messageId(),
                message.state(),
                message.state() == State.PARKED ? null : message.first(),
                message.reason(),
                message.attempts(),
                message.parkedAt(),
                message.topic(),
                message.partition(),
                message.offset(),
                message.original() != null,
                message.version(),
                payload.text(),
                payload.encoding(),
                payload.truncated(),
                message.content().headers());
    }
}
