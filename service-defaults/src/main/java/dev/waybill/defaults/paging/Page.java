package dev.waybill.defaults.paging;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next asks for what comes after, as {@code ?cursor=}; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /** The same page with each item shown in another way. */
    public <V> Page<V> map(Function<? super T, ? extends V> view) {
        return new Page<>(items.stream().<V>map(view).toList(), next);
    }

    /** A list that is short enough to be given whole. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }
}
