package dev.waybill.events;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is released about one message type: its schema, the newest revision of it, and its examples. Schemas are open, so that a property may be added
 * to them; whoever produces a message is held to the closed form, in which no object has a field that is not described.
 */
record Contract(String type, JsonNode schema, Map<String, JsonNode> examples) {

    static final Path ROOT = Path.of("src/main/resources/contracts");

    private static final SchemaRegistry SCHEMAS = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static Stream<Contract> all() {
        return MessageTypes.all().keySet().stream().sorted().map(Contract::of);
    }

    static Contract of(String type) {
        Path newest = revisionsOf(type).getLast();
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        for (Path example : examplesOf(newest)) {
            examples.put(example.getFileName().toString(), Json.tree(textOf(example)));
        }
        return new Contract(type, Json.tree(textOf(newest)), examples);
    }

    /** {@code v1.schema.json}, and {@code v1.1.schema.json}, {@code v1.2.schema.json} … where properties were added later. */
    List<Path> revisions() {
        return revisionsOf(type);
    }

    /** Those of the first major version stand in {@code examples/}, those of the second in {@code examples/v2/}, and so on. */
    private static List<Path> examplesOf(Path schema) {
        String major = schema.getFileName().toString().replaceAll("\\..*", "");
        Path all = schema.resolveSibling("examples");
        Path ofMajor = major.equals("v1") ? all : all.resolve(major);
        return filesIn(ofMajor).stream().filter(example -> ofMajor.equals(example.getParent())).toList();
    }

    private static List<Path> revisionsOf(String type) {
        Path first = Path.of("src/main/resources").resolve(Envelope.schemaOf(type));
        List<Path> revisions = new ArrayList<>(List.of(first));
        Path next = revision(first, 1);
        while (Files.exists(next)) {
            revisions.add(next);
            next = revision(first, revisions.size());
        }
        return revisions;
    }

    private static Path revision(Path first, int number) {
        return first.resolveSibling(first.getFileName().toString().replace(".schema", ".%d.schema".formatted(number)));
    }

    Class<? extends Message> message() {
        return MessageTypes.find(type).orElseThrow();
    }

    /** What a producer has done wrong; empty for a good message. */
    List<Error> faultsOf(JsonNode payload) {
        return faults(closed(schema.deepCopy()), payload);
    }

    /** What a reader cannot accept; fields that it does not know are no fault. */
    List<Error> faultsForReaders(JsonNode payload) {
        return faults(schema, payload);
    }

    private static List<Error> faults(JsonNode schema, JsonNode payload) {
        Schema compiled = SCHEMAS.getSchema(schema);
        return compiled.validate(
                payload,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("properties").isObject()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(Contract::closed);
        return schema;
    }

    static List<Path> filesIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).filter(file -> file.toString().endsWith(".json")).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return type;
    }
}
