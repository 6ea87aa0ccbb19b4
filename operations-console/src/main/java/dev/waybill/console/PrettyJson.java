package dev.waybill.console;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.Optional;

/**
 * JSON with a line for each field. What it says does not change by it, a number's last digit included; what is no JSON, or says a
 * field twice, is left as it is.
 */
public final class PrettyJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES).build();

    private PrettyJson() {}

    public static boolean isJson(String text) {
        return read(text).isPresent();
    }

    public static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return read(text).map(tree -> JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree))
                .map(pretty -> pretty.replace("\r\n", "\n")).orElse(text);
    }

    private static Optional<JsonNode> read(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
