package dev.waybill.defaults.requests;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/** Refuses texts with half a surrogate pair: JSON's escapes can say that, but neither UTF-8 nor the database can. */
final class WellFormedText extends StringDeserializer {

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        String text = super.deserialize(parser, context);
        if (text != null && text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            throw new IllegalArgumentException("This text holds half a character");
        }
        return text;
    }
}
