package dev.waybill.messaging.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.messaging.inbox.ParkedAct;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A line of the journal. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ParkedActView(
        Instant at,
        ParkedAct.Kind kind,
        String who,
        @Nullable String why,
        @Nullable String detail,
        String subscription,
        @Nullable UUID parkedMessage,
        @Nullable String key,
        @Nullable UUID messageId,
        @Nullable String type,
        @Nullable String payload,
        @Nullable Map<String, String> headers) {

    static ParkedActView from(ParkedAct act) {
        var content = act.content();
        return new ParkedActView(
                act.at(),
                act.kind(),
                act.who(),
                act.why(),
                act.detail(),
                act.subscription(),
                act.parkedMessage(),
                act.key(),
                act.messageId(),
                act.type(),
                content == null ? null : PayloadText.whole(content.payload()).text(),
                content == null ? null : content.headers());
    }
}
