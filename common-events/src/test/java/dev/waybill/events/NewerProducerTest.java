package dev.waybill.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a newer producer may add does not disturb a reader of today, and is a fault in a producer of today. */
class NewerProducerTest {

    static Stream<Contract> contracts() {
        return Contract.all();
    }

    static Stream<Contract> contractsWithAReason() {
        return contracts().filter(contract -> contract.schema().path("properties").has("reason"));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void unknownFieldsAreIgnoredByReadersAtEveryLevel(Contract contract) {
        for (JsonNode example : contract.examples().values()) {
            JsonNode newer = withUnknownFields(example.deepCopy());

            assertThat(contract.faultsForReaders(newer)).isEmpty();
            assertThat(Json.read(newer, contract.message())).isEqualTo(Json.read(example, contract.message()));
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void unknownFieldsAreForbiddenToProducersAtEveryLevel(Contract contract) {
        for (JsonNode example : contract.examples().values()) {
            long objects = objectsIn(example);

            assertThat(contract.faultsOf(withUnknownFields(example.deepCopy()))).hasSize((int) objects)
                    .allSatisfy(fault -> assertThat(fault.getKeyword()).isEqualTo("additionalProperties"));
        }
    }

    @ParameterizedTest
    @MethodSource("contractsWithAReason")
    void anUnknownReasonIsReadAsUnknown(Contract contract) throws ReflectiveOperationException {
        ObjectNode newer = (ObjectNode) contract.examples().values().iterator().next().deepCopy();
        newer.put("reason", "SOMETHING_NEW");
        Message message = Json.read(newer, contract.message());
        Enum<?> reason = (Enum<?>) contract.message().getMethod("reason").invoke(message);

        assertThat(reason.name()).isEqualTo("UNKNOWN");
        assertThat(reason.getDeclaringClass().getField("UNKNOWN").isAnnotationPresent(JsonEnumDefaultValue.class))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("contractsWithAReason")
    void noProducerSaysUnknown(Contract contract) {
        ObjectNode payload = (ObjectNode) contract.examples().values().iterator().next().deepCopy();
        payload.put("reason", "UNKNOWN");

        assertThat(contract.faultsOf(payload)).isNotEmpty();
    }

    private static JsonNode withUnknownFields(JsonNode node) {
        node.forEach(NewerProducerTest::withUnknownFields);
        if (node instanceof ObjectNode object) {
            object.put("addedLater", 1);
        }
        return node;
    }

    private static long objectsIn(JsonNode node) {
        return (node.isObject() ? 1 : 0) + node.valueStream().mapToLong(NewerProducerTest::objectsIn).sum();
    }
}
