package dev.waybill.events;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Examples, each spoilt in one place: both the schema and the record refuse them. */
class BadPayloadsTest {

    /** What no field of that name may be, whatever else it is. */
    private static final Map<String, List<String>> BAD_VALUES = Map.ofEntries(
            entry("quantity", List.of("0", "-1", "2.5", "1000001", "\"two\"", "99999999999999999999")),
            entry("requested", List.of("0")),
            entry("available", List.of("-1", "0.5", "\"some\"")),
            entry("sku", List.of("\"\"", "\"espresso-01\"", "\"-A\"", "\"A B\"", "\"" + "A".repeat(41) + "\"")),
            entry("orderId", List.of("\"\"", "\"W-100042\"", "\"0199f3a1-6c3e-7d52-9b1a\"")),
            entry("cancellationId", List.of("\"\"", "7")),
            entry("returnId", List.of("\"\"", "7")),
            entry("refundId", List.of("\"\"", "7")),
            entry("restockId", List.of("\"\"", "7")),
            entry("statedReason", List.of("\"\"", "\" \"", "\"" + "a".repeat(501) + "\"")),
            entry("trackingNumber", List.of("\"\"", "\"" + "1".repeat(101) + "\"")),
            entry("at", List.of("\"\"", "\"yesterday\"")),
            entry("commandId", List.of("\"\"", "\"capture\"")),
            entry("service", List.of("\"\"", "\"  \"", "\"" + "a".repeat(101) + "\"")),
            entry("amountMinor", List.of("-1", "0.5", "\"much\"", "99999999999999999999")),
            entry("currency", List.of("\"\"", "\"Euro\"", "\"E1R\"")),
            entry("country", List.of("\"\"", "\"de\"", "\"DEU\"")),
            entry("lines", List.of("{}", "\"ESPRESSO-01\"", "[null]", "[{}]")),
            entry("name", List.of("\"\"", "\"  \"", "\"Alice\\nDoe\"", "\"" + "a".repeat(201) + "\"")));

    static Stream<Contract> contracts() {
        return Contract.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void noRequiredFieldMayBeMissing(Contract contract) {
        everyField(contract, (object, name, refused) -> {
            if (isOptional(contract, name)) {
                return;
            }
            JsonNode value = object.get(name);
            object.remove(name);
            refused.accept(name + " is absent");
            object.set(name, value);
        });
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void noRequiredFieldMayBeNull(Contract contract) {
        everyField(contract, (object, name, refused) -> {
            if (isOptional(contract, name)) {
                return;
            }
            JsonNode value = object.get(name);
            object.putNull(name);
            refused.accept(name + " is null");
            object.set(name, value);
        });
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void noFieldMayBeOfAnotherType(Contract contract) {
        everyField(contract, (object, name, refused) -> {
            JsonNode value = object.get(name);
            object.putArray(name).addObject().put("no", "such thing");
            refused.accept(name + " is of another type");
            object.set(name, value);
        });
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void noValueMayBreakItsRule(Contract contract) {
        everyField(contract, (object, name, refused) -> {
            JsonNode value = object.get(name);
            for (String bad : BAD_VALUES.getOrDefault(name, List.of())) {
                object.set(name, Json.tree(bad));
                refused.accept(name + " is " + bad);
            }
            object.set(name, value);
        });
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void aMessageIsAnObject(Contract contract) {
        for (String payload : List.of("null", "[]", "\"text\"", "7")) {
            assertThat(contract.faultsForReaders(Json.tree(payload))).as(payload).isNotEmpty();
            assertThat(isRead(contract, Json.tree(payload))).as(payload).isFalse();
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> Json.read(Json.tree("{}"), InventoryCommand.ReleaseStock.class))
                .withMessageContaining("orderId is missing");
    }

    @Test
    void anOrderHasALine() {
        Contract contract = Contract.of("dev.waybill.inventory.reserve-stock.v1");
        ObjectNode payload = (ObjectNode) contract.examples().values().iterator().next();
        payload.putArray("lines");

        assertThat(contract.faultsForReaders(payload)).isNotEmpty();
        assertThat(isRead(contract, payload)).isFalse();
    }

    /** Spoils a field in place, has that refused, and mends it again. */
    private interface Spoiler {
        void spoil(ObjectNode object, String name, Consumer<String> refused);
    }

    private static void everyField(Contract contract, Spoiler spoiler) {
        for (JsonNode example : contract.examples().values()) {
            JsonNode payload = example.deepCopy();
            for (ObjectNode object : objectsIn(payload)) {
                for (String name : List.copyOf(object.propertyNames())) {
                    spoiler.spoil(object, name, what -> {
                        assertThat(contract.faultsForReaders(payload)).as("schema: " + what).isNotEmpty();
                        assertThat(isRead(contract, payload)).as("record: " + what).isFalse();
                    });
                }
            }
            assertThat(payload).isEqualTo(example);
        }
    }

    private static boolean isOptional(Contract contract, String name) {
        return switch (name) {
            case "contactEmail", "line2" -> true;
            case "amount" -> contract.message() == PaymentCommand.RefundPayment.class;
            case "gatewayReference" -> contract.message() == PaymentEvent.PaymentVoided.class;
            default -> false;
        };
    }

    private static List<ObjectNode> objectsIn(JsonNode node) {
        List<ObjectNode> objects = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> objects.addAll(objectsIn(child)));
        return objects;
    }

    private static boolean isRead(Contract contract, JsonNode payload) {
        try {
            return Json.read(payload, contract.message()) != null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
