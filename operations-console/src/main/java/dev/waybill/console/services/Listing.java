package dev.waybill.console.services;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A page of a service's list.
 *
 * @param next asks for what comes after; null at the end
 */
public record Listing<T>(List<T> items, @Nullable String next) {

    public Listing {
        items = orEmpty(items);
    }

    /** What a service leaves out is nothing. */
    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
