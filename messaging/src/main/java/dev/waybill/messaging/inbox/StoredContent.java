package dev.waybill.messaging.inbox;

import dev.waybill.messaging.inbox.ParkedMessage.Content;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.util.Map;

/** A message's content as it stands in columns: headers as {@code jsonb}, the payload byte for byte. */
final class StoredContent {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private StoredContent() {}

    static String headers(Content content) {
        return headers(content.headers());
    }

    static String headers(Map<String, String> headers) {
        return JSON.writeValueAsString(headers);
    }

    static byte @Nullable [] payload(Content content) {
        Bytes payload = content.payload();
        return payload == null ? null : payload.get();
    }

    /** Nothing where there are no headers: a message always has some column for them. */
    static @Nullable Content read(@Nullable String headers, @Nullable Bytes payload) {
        return headers == null ? null : new Content(JSON.readValue(headers, HEADERS), payload);
    }
}
