package dev.waybill.testing;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.waybill.events.Envelope;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Holds what is sent against the newest schema of its type. Released schemas are open, so that readers pass over what they
 * do not know; a producer is held to their closed form, in which no object has a field that is not described.
 */
public final class Contracts {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry REGISTRY = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> CLOSED = new ConcurrentHashMap<>();

    private Contracts() {}

    /**
     * @param type as in {@code ce_type}
     * @param payload as it is sent
     * @throws AssertionError saying all that is wrong with the payload, or that there is no such type
     */
    public static void assertValid(String type, String payload) {
        List<Error> faults;
        try {
            faults = CLOSED.computeIfAbsent(type, Contracts::load).validate(
                    JSON.readTree(payload),
                    context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        } catch (JacksonException e) {
            throw new AssertionError("%s is sent as something that is no JSON: %s".formatted(type, payload), e);
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(
                    "%s breaks its contract:%n%s%nin %s".formatted(
                            type,
                            faults.stream().map(fault -> "  " + fault).collect(Collectors.joining("\n")),
                            payload));
        }
    }

    private static Schema load(String type) {
        String path = newestRevision(Envelope.schemaOf(type));
        try (InputStream schema = Contracts.class.getClassLoader().getResourceAsStream(path)) {
            if (schema == null) {
                throw new AssertionError("%s has no schema at %s".formatted(type, path));
            }
            return REGISTRY.getSchema(closed(JSON.readTree(schema)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Properties that were added later stand in {@code v1.1.schema.json}, {@code v1.2.schema.json} … */
    private static String newestRevision(String first) {
        String newest = first;
        for (int number = 1; true; number++) {
            String next = first.replace(".schema", ".%d.schema".formatted(number));
            if (Contracts.class.getClassLoader().getResource(next) == null) {
                return newest;
            }
            newest = next;
        }
    }

    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("properties").isObject()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(Contracts::closed);
        return schema;
    }
}
