package dev.waybill.testing;

import dev.waybill.events.Envelope;
import dev.waybill.events.Message;
import dev.waybill.events.MessageTypes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Every example that was ever released, as it is and as a newer producer might write it: with fields that are not known yet,
 * and with a new value in each enumeration that is open. Whoever consumes a type has to read all of them.
 */
public final class ReleasedMessages {

    /** Stands where a newer producer has put a value that nobody knows yet. */
    public static final String NEW_VALUE = "ADDED_LATER";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ROOT = "contracts/";

    private ReleasedMessages() {}

    /**
     * One payload.
     *
     * @param name of the example, and what was done to it
     * @param hasNewValue whether an enumeration says what nobody knows yet
     */
    public record Payload(Class<? extends Message> type, String name, String json, boolean hasNewValue) {

        /** The same with other values where it names these properties, so that it fits what a service knows. */
        public Payload with(Map<String, String> values) {
            ObjectNode changed = (ObjectNode) JSON.readTree(json);
            values.forEach((property, value) -> {
                if (changed.has(property)) {
                    changed.put(property, value);
                }
            });
            return new Payload(type, name, JSON.writeValueAsString(changed), hasNewValue);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** All payloads of the types that are wanted. */
    public static Stream<Payload> of(Predicate<Class<? extends Message>> wanted) {
        Map<String, Class<? extends Message>> types = new TreeMap<>(MessageTypes.all());
        List<String> released = released();
        return types.entrySet().stream().filter(type -> wanted.test(type.getValue()))
                .flatMap(type -> payloads(type.getKey(), type.getValue(), released));
    }

    private static Stream<Payload> payloads(
            String name, Class<? extends Message> type, List<String> released) {
        String schemaPath = Envelope.schemaOf(name);
        String major = name.substring(name.lastIndexOf('.') + 1);
        String examples = "%s/examples/%s[^/]+".formatted(
                schemaPath.substring(ROOT.length(), schemaPath.lastIndexOf('/')),
                major.equals("v1") ? "" : major + "/");
        JsonNode schema = read(schemaPath);
        List<Payload> payloads = new ArrayList<>();
        released.stream().filter(file -> file.matches(examples)).forEach(file -> {
            JsonNode example = read(ROOT + file);
            payloads.add(payload(type, file, example, false));
            payloads.add(payload(type, file + " with new fields", withNewFields(example.deepCopy()), false));
            for (String property : openEnumerationsOf(schema)) {
                ObjectNode newer = (ObjectNode) example.deepCopy();
                newer.put(property, NEW_VALUE);
                payloads.add(payload(type, "%s with a new %s".formatted(file, property), newer, true));
            }
        });
        if (payloads.isEmpty()) {
            throw new AssertionError("%s has no released example under %s".formatted(name, examples));
        }
        return payloads.stream();
    }

    private static Payload payload(Class<? extends Message> type, String name, JsonNode json, boolean hasNewValue) {
        return new Payload(type, name, JSON.writeValueAsString(json), hasNewValue);
    }

    private static List<String> openEnumerationsOf(JsonNode schema) {
        return schema.path("properties").properties().stream()
                .filter(property -> property.getValue().path("x-open-enum").asBoolean(false)).map(Map.Entry::getKey)
                .toList();
    }

    private static JsonNode withNewFields(JsonNode node) {
        node.forEach(ReleasedMessages::withNewFields);
        if (node instanceof ObjectNode object) {
            object.put("addedLater", 1);
        }
        return node;
    }

    private static List<String> released() {
        return new String(bytes(ROOT + "manifest.sha256"), StandardCharsets.UTF_8).lines()
                .map(line -> line.substring(66))
                .toList();
    }

    private static JsonNode read(String path) {
        return JSON.readTree(bytes(path));
    }

    private static byte[] bytes(String path) {
        try (InputStream resource = ReleasedMessages.class.getClassLoader().getResourceAsStream(path)) {
            if (resource == null) {
                throw new AssertionError("There is no " + path);
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
