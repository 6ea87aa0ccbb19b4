package dev.waybill.payment.payments;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How changes are stored: a type's name, the version of its form and JSON. The names are those of the records and are for ever.
 */
final class ChangeJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            // An optional field more may come with a newer version that runs beside this one.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE).build();

    private static final Map<String, Class<? extends PaymentChange>> TYPES = Arrays
            .stream(PaymentChange.class.getPermittedSubclasses())
            .collect(Collectors.toMap(Class::getSimpleName, type -> type.asSubclass(PaymentChange.class)));

    private static final Map<String, Integer> CURRENT = TYPES.keySet().stream()
            .collect(Collectors.toMap(Function.identity(), Upcasters.ALL::current));

    private ChangeJson() {}

    /** A change as it is stored. */
    record Stored(String type, int schemaVersion, String payload) {}

    static Stored write(PaymentChange change) {
        String type = change.getClass().getSimpleName();
        return new Stored(type, Objects.requireNonNull(CURRENT.get(type)), MAPPER.writeValueAsString(change));
    }

    /**
     * Reads what was stored at any time.
     *
     * @throws IllegalStateException where a newer version of the program has written it
     * @throws JacksonException where it cannot be read at all
     */
    static PaymentChange read(Stored stored) {
        Class<? extends PaymentChange> type = TYPES.get(stored.type());
        if (type == null) {
            throw new IllegalStateException(
                    "%s is no change of a payment that is known here".formatted(stored.type()));
        }
        return Objects.equals(CURRENT.get(stored.type()), stored.schemaVersion())
                ? MAPPER.readValue(stored.payload(), type)
                : MAPPER.treeToValue(json(stored), type);
    }

    /** The payload in today's form. */
    static ObjectNode json(Stored stored) {
        return Upcasters.ALL.toCurrent(
                stored.type(),
                stored.schemaVersion(),
                MAPPER.readValue(stored.payload(), ObjectNode.class));
    }

    static String writeSnapshot(PaymentState state) {
        return MAPPER.writeValueAsString(state);
    }

    static PaymentState readSnapshot(String json) {
        return MAPPER.readValue(json, PaymentState.class);
    }
}
