package dev.waybill.messaging;

import dev.waybill.events.Message;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages as JSON, the same in every service: readers pass over fields that they do not know and take an unknown value of
 * an open enumeration for {@code UNKNOWN}, so that a newer producer does no harm; a missing field is an error, and a
 * value of another type is never bent into shape.
 */
public final class MessageJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE).build();

    private MessageJson() {}

    public static String write(Message message) {
        return MAPPER.writeValueAsString(message);
    }

    /**
     * Reads a payload.
     *
     * @throws JacksonException when it is no JSON, does not bind, or breaks a rule of one of its values
     */
    public static <M extends Message> M read(byte[] payload, Class<M> type) {
        return MAPPER.readValue(payload, type);
    }
}
