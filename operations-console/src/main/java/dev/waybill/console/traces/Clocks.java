package dev.waybill.console.traces;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the clocks of services together as far as a trace shows that they differ: nothing begins before what caused it. Where it
 * seems to, the whole service's clock is put forward, by no more than needed. How long something took is never changed, and what
 * took longer on its way than it seems is not known from this.
 */
final class Clocks {

    /** Clocks that cannot be put together (a service's several processes may disagree) end it. */
    private static final int MOST_ROUNDS = 10;

    private Clocks() {}

    /**
     * @param spans parents before their children
     * @return by id, when each began, with the clocks put together
     */
    static Map<String, Long> put(List<Span> spans) {
        Map<String, Span> byId = new HashMap<>();
        spans.forEach(span -> byId.putIfAbsent(span.id(), span));
        Map<String, Long> forward = new HashMap<>();
        boolean moved = true;
        for (int round = 0; moved && round < MOST_ROUNDS; round++) {
            moved = false;
            for (Span span : spans) {
                Span parent = byId.get(span.parent());
                if (parent != null && !parent.service().equals(span.service())) {
                    long early = at(parent, forward) - at(span, forward);
                    if (early > 0) {
                        forward.merge(span.service(), early, Long::sum);
                        moved = true;
                    }
                }
            }
        }
        Map<String, Long> began = new HashMap<>();
        for (Span span : spans) {
            Long causedAt = began.get(span.parent());
            long own = at(span, forward);
            began.putIfAbsent(span.id(), causedAt == null ? own : Math.max(own, causedAt));
        }
        return began;
    }

    private static long at(Span span, Map<String, Long> forward) {
        return span.from() + forward.getOrDefault(span.service(), 0L);
    }
}
