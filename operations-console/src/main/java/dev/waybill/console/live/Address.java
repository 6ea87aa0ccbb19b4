package dev.waybill.console.live;

import java.util.Map;
import java.util.UUID;

/**
 * The address of a page's part, taken to pieces.
 *
 * @param variables  of its path
 * @param parameters of its query, each once
 */
public record Address(Map<String, String> variables, Map<String, String> parameters) {

    public Address {
        variables = Map.copyOf(variables);
        parameters = Map.copyOf(parameters);
    }

    /** @throws IllegalArgumentException where it is none */
    public UUID id() {
        return UUID.fromString(variables.getOrDefault("id", ""));
    }

    /** Empty where it is not given. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
