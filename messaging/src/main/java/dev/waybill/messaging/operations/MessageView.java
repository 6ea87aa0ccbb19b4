package dev.waybill.messaging.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.events.Envelope;
import dev.waybill.messaging.outbox.OutboxByKey.Said;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A message of this service as it stands on its topic, or will.
 *
 * @param key the record's key, which says in which partition it is: the order's id
 * @param sequence its number among the events of its aggregate; none on a command
 * @param logicalTime sorts what several services have said, causes before their effects
 * @param writtenAt when it was said, by the clock of this service
 * @param published whether it is on the topic
 * @param payload its text; only the beginning where it is {@code truncated}
 */
record MessageView(
        UUID id,
        String type,
        String topic,
        String key,
        @Nullable Long sequence,
        long logicalTime,
        Instant writtenAt,
        boolean published,
        @Nullable String payload,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated,
        Map<String, String> headers) {

    /** @param longest so many bytes of the payload, at most */
    static MessageView from(Said said, int longest) {
        Envelope envelope = said.row().envelope();
        byte[] bytes = said.row().payload().getBytes(StandardCharsets.UTF_8);
        PayloadText payload = PayloadText.of(Bytes.wrap(bytes), longest);
        return new MessageView(
                envelope.id().value(),
                envelope.type(),
                said.row().topic(),
                envelope.partitionKey(),
                envelope.sequence(),
                envelope.logicalTime(),
                envelope.time(),
                said.published(),
                payload.text(),
                payload.truncated(),
                envelope.toHeaders());
    }
}
