package dev.waybill.defaults.paging;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which page of a list is asked for: {@code ?limit=} (1 to {@value #MAX_LIMIT}, {@value #DEFAULT_LIMIT} where it is
 * missing) and {@code ?cursor=}. As a controller's parameter it is filled in, and what is out of range is answered
 * with 400.
 *
 * <p>A repository looks for {@link #fetchSize()} rows beyond {@link #after}, one more than the page shows: that one
 * says whether anything comes next.
 */
public final class PageRequest {

    public static final int MAX_LIMIT = 100;
    public static final int DEFAULT_LIMIT = 20;

    private final Cursors cursors;
    private final String list;
    private final int limit;
    private final @Nullable String position;

    PageRequest(Cursors cursors, String list, int limit, @Nullable String position) {
        this.cursors = cursors;
        this.list = list;
        this.limit = limit;
        this.position = position;
    }

    public int limit() {
        return limit;
    }

    public int fetchSize() {
        return limit + 1;
    }

    /**
     * The key of the last row of the page before; empty for the first page.
     *
     * @param reader reads what the key's {@code toString} wrote
     */
    public <K> Optional<K> after(Function<String, K> reader) {
        if (position == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(position));
        } catch (IllegalArgumentException e) {
            throw Cursors.refused();
        }
    }

    /**
     * The page that these rows make.
     *
     * @param rows up to {@link #fetchSize()} of them, in the list's order
     * @param key by what the list is sorted; its {@code toString} goes into the cursor
     */
    public <R> Page<R> page(List<R> rows, Function<? super R, ?> key) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<R> shown = rows.subList(0, limit);
        return new Page<>(shown, cursors.encode(list, key.apply(shown.getLast()).toString()));
    }
}
