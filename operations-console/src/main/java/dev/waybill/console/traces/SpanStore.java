package dev.waybill.console.traces;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The spans of late, by trace and by order, never more than fit in the memory that they are given. The oldest trace goes first; a trace with
 * an error, or one that lasted long, goes only when there is no other, or when those that are kept so take more than half of it all. So
 * a rush of good orders does not wash away the one that somebody will ask about.
 */
final class SpanStore {

    /** One trace with more is no order's, and shall not drive out all others. */
    static final int LARGEST_TRACE = 2_000;

    private final long most;
    private final long slow;
    private final SequencedMap<String, Trace> ordinary = new LinkedHashMap<>();
    private final SequencedMap<String, Trace> remarkable = new LinkedHashMap<>();
    private final Map<String, Set<String>> tracesOfOrder = new HashMap<>();
    private long bytes;
    private long remarkableBytes;
    private long dropped;

    /** @param slow from which duration on a trace is remarkable */
    SpanStore(long mostBytes, Duration slow) {
        this.most = mostBytes;
        this.slow = slow.toNanos();
    }

    synchronized void add(Collection<Span> spans) {
        spans.forEach(this::add);
        while (bytes > most) {
            forgetOne();
        }
    }

    /** The spans of each of the order's traces, the oldest trace first. */
    synchronized List<List<Span>> ofOrder(String order) {
        return tracesOfOrder.getOrDefault(order, Set.of()).stream().map(this::trace)
                .sorted(Comparator.comparingLong(trace -> trace.from)).map(Trace::copy).toList();
    }

    /** What is kept takes, by estimate. */
    synchronized long bytes() {
        return bytes;
    }

    /** Spans that came and are not there any more, or never were kept. */
    synchronized long dropped() {
        return dropped;
    }

    private void add(Span span) {
        Trace trace = trace(span.trace());
        if (trace.spans.size() >= LARGEST_TRACE) {
            dropped++;
            return;
        }
        // An exporter that got no answer sends again.
        if (trace.spans.putIfAbsent(span.id(), span) != null) {
            return;
        }
        int more = span.bytes();
        trace.bytes += more;
        bytes += more;
        trace.from = Math.min(trace.from, span.from());
        trace.until = Math.max(trace.until, span.until());
        if (!span.order().isEmpty() && trace.orders.add(span.order())) {
            tracesOfOrder.computeIfAbsent(span.order(), _ -> new HashSet<>()).add(span.trace());
        }
        if (trace.isRemarkable) {
            remarkableBytes += more;
        } else if (span.hasFailed() || trace.until - trace.from >= slow) {
            trace.isRemarkable = true;
            remarkableBytes += trace.bytes;
            ordinary.remove(span.trace());
            remarkable.put(span.trace(), trace);
        }
    }

    private Trace trace(String id) {
        Trace kept = remarkable.get(id);
        return kept != null ? kept : ordinary.computeIfAbsent(id, _ -> new Trace());
    }

    private void forgetOne() {
        boolean tooRemarkable = remarkableBytes > most / 2;
        var oldest = tooRemarkable || ordinary.isEmpty() ? remarkable.pollFirstEntry() : ordinary.pollFirstEntry();
        Trace trace = oldest.getValue();
        bytes -= trace.bytes;
        remarkableBytes -= trace.isRemarkable ? trace.bytes : 0;
        dropped += trace.spans.size();
        for (String order : trace.orders) {
            tracesOfOrder.computeIfPresent(order, (_, traces) -> {
                traces.remove(oldest.getKey());
                return traces.isEmpty() ? null : traces;
            });
        }
    }

    private static final class Trace {

        private final Map<String, Span> spans = new HashMap<>();
        private final Set<String> orders = new HashSet<>();
        private long from = Long.MAX_VALUE;
        private long until = Long.MIN_VALUE;
        private long bytes;
        private boolean isRemarkable;

        List<Span> copy() {
            return List.copyOf(spans.values());
        }
    }
}
