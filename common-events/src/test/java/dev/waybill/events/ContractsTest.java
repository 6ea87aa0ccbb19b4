package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The released schemas and examples, and that the records keep to them. */
class ContractsTest {

    static Stream<Contract> contracts() {
        return Contract.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyMessageHasASchemaAndAnExample(Contract contract) {
        assertThat(contract.schema().path("$id").asString())
                .isEqualTo("urn:waybill:" + Envelope.schemaOf(contract.type()).replace('/', ':')
                        .replace(".schema.json", ""));
        assertThat(contract.schema().path("title").asString()).isEqualTo(contract.message().getSimpleName());
        assertThat(contract.examples()).isNotEmpty();
    }

    @Test
    void noFileIsThereForNothing() {
        Set<Path> expected = Contract.all().flatMap(contract -> contract.revisions().stream())
                .collect(Collectors.toSet());

        assertThat(Contract.filesIn(Contract.ROOT)).allSatisfy(
                file -> assertThat(expected).contains(
                        file.toString().endsWith(".schema.json") ? file : schemaOf(file)));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyPropertyIsDescribed(Contract contract) {
        assertThat(contract.schema().path("description").asString()).isNotBlank();
        assertThat(properties(contract.schema())).allSatisfy(
                (name, property) -> assertThat(property.has("description") || property.has("$ref")).as(name)
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void schemasLeaveRoomForOptionalProperties(Contract contract) {
        assertThat(contract.schema().toString()).doesNotContain("additionalProperties", "unevaluatedProperties");
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyExamplePassesItsSchema(Contract contract) {
        assertThat(contract.examples())
                .allSatisfy((name, example) -> assertThat(contract.faultsOf(example)).as(name).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyExampleSurvivesARoundTrip(Contract contract) {
        assertThat(contract.examples()).allSatisfy(
                (name, example) -> assertThat(Json.write(Json.read(example, contract.message()))).as(name)
                        .isEqualTo(example));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyOptionalPropertyIsShownBothPresentAndAbsent(Contract contract) {
        Set<String> required = new TreeSet<>();
        contract.schema().path("required").forEach(name -> required.add(name.asString()));
        Set<String> optional = new TreeSet<>(contract.schema().path("properties").propertyNames());
        optional.removeAll(required);

        assertThat(optional).allSatisfy(name -> {
            assertThat(contract.examples().values()).anyMatch(example -> example.has(name));
            assertThat(contract.examples().values()).anyMatch(example -> !example.has(name));
        });
    }

    @Test
    void currenciesOfEveryExponentAreShown() {
        Set<String> shown = Contract.all().flatMap(contract -> contract.examples().values().stream())
                .flatMap(example -> example.findValuesAsString("currency").stream()).collect(Collectors.toSet());

        assertThat(shown).contains("JPY", "EUR", "KWD");
    }

    @Test
    void personalDataIsMarked() {
        assertThat(marked("order", "placed")).containsExactlyInAnyOrder("contactEmail", "address");
        assertThat(marked("shipping", "book-shipment")).containsExactly("address");
        assertThat(marked("order", "cancellation-requested")).containsExactly("statedReason");
        assertThat(marked("order", "return-requested")).containsExactly("statedReason");
        Contract.all().filter(contract -> !contract.type()
                .matches(".*(order\\.placed|book-shipment|cancellation-requested|return-requested).*"))
                .forEach(contract -> assertThat(contract.schema().toString()).doesNotContain("x-personal-data"));
    }

    @Test
    void enumerationsAreOpenAndSayWhatTheRecordsSay() {
        Map<String, Class<?>> enums = new TreeMap<>();
        for (Contract contract : Contract.all().toList()) {
            for (var component : contract.message().getRecordComponents()) {
                if (component.getType().isEnum()) {
                    enums.put(contract.type() + " " + component.getName(), component.getType());
                    JsonNode property = contract.schema().path("properties").path(component.getName());
                    assertThat(property.path("x-open-enum").asBoolean()).isTrue();
                    List<String> released = new ArrayList<>();
                    property.path("enum").forEach(value -> released.add(value.asString()));
                    assertThat(released).containsExactlyElementsOf(sayable(component.getType()));
                }
            }
        }
        assertThat(enums).hasSize(11);
    }

    @Test
    void noReleasedFileHasChangedAndNoneIsForgotten() throws IOException {
        Map<String, String> released = new TreeMap<>();
        for (String line : Files.readAllLines(Contract.ROOT.resolve("manifest.sha256"))) {
            released.put(line.substring(66), line.substring(0, 64));
        }
        Map<String, String> present = new TreeMap<>();
        for (Path file : Contract.filesIn(Contract.ROOT)) {
            present.put(Contract.ROOT.relativize(file).toString().replace('\\', '/'), sha256(file));
        }

        assertThat(present.entrySet())
                .as("A released file never changes: put it back as it was; what is new is a new file")
                .filteredOn(file -> released.containsKey(file.getKey()))
                .allSatisfy(
                        file -> assertThat(file.getValue()).as(file.getKey()).isEqualTo(released.get(file.getKey())));
        assertThat(present.keySet()).as("A released file is never taken away: consumers meet old messages for ever")
                .containsAll(released.keySet());
        assertThat(released.keySet()).as("A new file is released with its hash: (cd"
                + " common-events/src/main/resources/contracts && find * -name '*.json' | LC_ALL=C sort | xargs sha256sum >"
                + " manifest.sha256)").containsAll(present.keySet());
    }

    /** {@code examples/some.json} shows what {@code v1.schema.json} says, {@code examples/v2/some.json} what {@code v2} says. */
    private static Path schemaOf(Path example) {
        Path directory = example.resolveSibling(".").normalize();
        return directory.endsWith("examples")
                ? directory.resolveSibling("v1.schema.json")
                : directory.resolve("../..").normalize().resolve(directory.getFileName() + ".schema.json");
    }

    private static List<String> marked(String context, String message) {
        Contract contract = Contract.of("dev.waybill.%s.%s.v1".formatted(context, message));
        return properties(contract.schema()).entrySet().stream()
                .filter(property -> property.getValue().path("x-personal-data").asBoolean(false))
                .map(Map.Entry::getKey).distinct().toList();
    }

    /** Everything that the schema and its definitions name. */
    private static Map<String, JsonNode> properties(JsonNode schema) {
        Map<String, JsonNode> found = new TreeMap<>();
        schema.path("$defs").forEachEntry(found::put);
        schema.findValues("properties").forEach(properties -> properties.forEachEntry(found::put));
        schema.path("$defs")
                .forEach(definition -> definition.findValues("properties").forEach(p -> p.forEachEntry(found::put)));
        return found;
    }

    private static List<String> sayable(Class<?> type) {
        return Arrays.stream(type.getFields()).filter(field -> field.isEnumConstant())
                .filter(field -> !field.isAnnotationPresent(JsonEnumDefaultValue.class)).map(field -> field.getName())
                .toList();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
