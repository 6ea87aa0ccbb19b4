package dev.waybill.events;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What a record of the published language cannot do without, so that none is ever made of half a message. */
final class Present {

    private Present() {}

    /**
     * @param name of the field, as it stands in JSON
     * @throws IllegalArgumentException when the value is missing
     */
    static void field(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }

    /**
     * Answers an unmodifiable copy.
     *
     * @throws IllegalArgumentException when the list, or an entry of it, is missing
     */
    static <T> List<T> list(String name, @Nullable List<T> list) {
        if (list == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        if (list.stream().anyMatch(entry -> entry == null)) {
            throw new IllegalArgumentException("An entry of " + name + " is missing");
        }
        return List.copyOf(list);
    }
}
