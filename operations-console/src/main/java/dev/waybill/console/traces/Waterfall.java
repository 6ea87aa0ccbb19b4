package dev.waybill.console.traces;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

/**
 * A trace as a picture: a row for each span, under the one that caused it, in the order of their times. Whatever came, there is a row for it:
 * a span whose parent is not there stands at the left and says so, and a ring of parents is cut open at its earliest span.
 *
 * @param services in the order of their names; a row's colour is its service's place here
 * @param left     spans that are not shown, as there are too many
 */
record Waterfall(String trace, long from, long until, List<String> services, List<Row> rows, int left) {

    static final int MOST_ROWS = 1_000;
    /** The bars stand in a field of this width. */
    static final int WIDTH = 1_000;
    private static final int NARROWEST = 3;
    private static final Comparator<Span> BY_TIME = Comparator.comparingLong(Span::from)
            .thenComparing(Comparator.comparingLong(Span::until).reversed()).thenComparing(Span::id);

    /**
     * @param after  nanoseconds since the trace began, with the clocks put together
     * @param moved  by how many nanoseconds the clock of its service was put forward, so that no effect stands before its cause
     * @param orphan whether it names a parent that has not come
     */
    record Row(Span span, int depth, int colour, long after, int x, int width, long moved, boolean orphan) {

        long took() {
            return span.until() - span.from();
        }
    }

    private record Placed(Span span, int depth, boolean orphan) {}

    static Waterfall of(Collection<Span> spans) {
        List<Placed> order = inOrder(spans);
        Map<String, Long> adjusted = Clocks.put(order.stream().map(Placed::span).toList());
        List<String> services = spans.stream().map(Span::service).distinct().sorted().toList();
        long from = adjusted.values().stream().mapToLong(Long::longValue).min().orElse(0);
        long until = spans.stream().mapToLong(span -> at(adjusted, span) + span.until() - span.from()).max().orElse(0);
        double scale = (double) WIDTH / Math.max(1, until - from);
        List<Row> rows = order.stream().limit(MOST_ROWS).map(placed -> {
            Span span = placed.span();
            long after = at(adjusted, span) - from;
            int width = Math.clamp(Math.round((span.until() - span.from()) * scale), NARROWEST, WIDTH);
            int x = Math.clamp(Math.round(after * scale), 0, WIDTH - width);
            return new Row(span, placed.depth(), services.indexOf(span.service()), after, x, width,
                    at(adjusted, span) - span.from(), placed.orphan());
        }).toList();
        return new Waterfall(spans.isEmpty() ? "" : spans.iterator().next().trace(), from, until, services, rows,
                order.size() - rows.size());
    }

    boolean hasFailed() {
        return rows.stream().anyMatch(row -> row.span().hasFailed());
    }

    private static long at(Map<String, Long> adjusted, Span span) {
        return adjusted.getOrDefault(span.id(), span.from());
    }

    /** Depth first, and without calling itself: a chain of a thousand messages is a thousand levels. */
    private static List<Placed> inOrder(Collection<Span> spans) {
        List<Span> byTime = spans.stream().sorted(BY_TIME).toList();
        Map<String, Span> byId = byTime.stream().collect(toMap(Span::id, span -> span, (first, again) -> first));
        Map<String, List<Span>> children = byTime.stream().collect(groupingBy(Span::parent));
        List<Placed> order = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        for (Span span : byTime) {
            if (!byId.containsKey(span.parent())) {
                place(new Placed(span, 0, !span.parent().isEmpty()), children, placed, order);
            }
        }
        // What is left hangs in a ring.
        for (Span span : byTime) {
            place(new Placed(span, 0, true), children, placed, order);
        }
        return order;
    }

    private static void place(
            Placed root, Map<String, List<Span>> children, Set<String> placed, List<Placed> order) {
        Deque<Placed> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Placed next = open.pop();
            if (placed.add(next.span().id())) {
                order.add(next);
                children.getOrDefault(next.span().id(), List.of()).reversed()
                        .forEach(child -> open.push(new Placed(child, next.depth() + 1, false)));
            }
        }
    }
}
