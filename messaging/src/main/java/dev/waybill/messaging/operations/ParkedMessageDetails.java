package dev.waybill.messaging.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.messaging.inbox.ParkedAct;
import dev.waybill.messaging.inbox.ParkedMessage;
import dev.waybill.messaging.inbox.ParkedMessage.Content;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A parked message with all that is known about it.
 *
 * @param original what arrived, where it was edited, and in what it differs from it now
 * @param journal what was done about it, the newest first
 */
record ParkedMessageDetails(
        @JsonUnwrapped ParkedMessageView message,
        @Nullable String stack,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Original original,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Difference> diff,
        List<ParkedActView> journal) {

    /** What arrived. */
    record Original(@Nullable String payload, PayloadText.Encoding payloadEncoding, Map<String, String> headers) {

        static Original from(Content content) {
            PayloadText payload = PayloadText.whole(content.payload());
            return new Original(payload.text(), payload.encoding(), content.headers());
        }
    }

    static ParkedMessageDetails from(ParkedMessage message, List<ParkedAct> journal) {
        Content original = message.original();
        return new ParkedMessageDetails(
                ParkedMessageView.from(message, Integer.MAX_VALUE),
                message.stack(),
                original == null ? null : Original.from(original),
                original == null ? null : Difference.between(original, message.content()),
                journal.stream().map(ParkedActView::from).toList());
    }
}
