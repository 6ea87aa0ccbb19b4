package dev.waybill.console.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much a service's counters have grown of late, in slots of a quarter of a minute. So what is kept does not depend on how often
 * somebody looks, and there are never more slots than the time that is kept has room for.
 */
final class Increases {

    static final Duration SLOT = Duration.ofSeconds(15);
    /** As far back as questions go: about what is seldom, and about all else. */
    static final Duration KEPT = Duration.ofHours(1);
    private static final Duration KEPT_OF_MOST = Duration.ofMinutes(15);

    private final Deque<Slot> slots = new ArrayDeque<>();

    private static final class Slot {

        private final Instant from;
        private final Map<Series, Double> grown = new HashMap<>();
        private Instant to;

        private Slot(Instant from) {
            this.from = from;
            this.to = from;
        }
    }

    /**
     * What the counters have grown by between two looks. One that stands lower than before has begun again from nought, as its process has:
     * then what it shows is what has come since.
     */
    void add(Instant from, Instant to, Map<Series, Double> before, Map<Series, Double> after) {
        Slot last = slots.peekLast();
        if (last == null || !last.to.isBefore(last.from.plus(SLOT))) {
            last = new Slot(from);
            slots.addLast(last);
        }
        Slot slot = last;
        slot.to = to;
        after.forEach((series, value) -> {
            if (series.metric().isCounter()) {
                double was = before.getOrDefault(series, 0.0);
                double grown = value < was ? value : value - was;
                if (grown > 0) {
                    slot.grown.merge(series, grown, Double::sum);
                }
            }
        });
        slots.removeIf(each -> !each.to.isAfter(to.minus(KEPT)));
        slots.stream().takeWhile(each -> !each.to.isAfter(to.minus(KEPT_OF_MOST)))
                .forEach(each -> each.grown.keySet().removeIf(series -> !series.metric().isSeldom()));
    }

    /** Within the window, as far as there are looks. */
    double grown(Series series, Duration window) {
        return grown(series, window, Duration.ZERO);
    }

    /** Within a window that had ended so long before the last look. */
    double grown(Series series, Duration window, Duration ago) {
        Slot last = slots.peekLast();
        return last == null
                ? 0
                : within(window.plus(ago)).stream().filter(slot -> !slot.to.isAfter(last.to.minus(ago)))
                        .mapToDouble(slot -> slot.grown.getOrDefault(series, 0.0)).sum();
    }

    /** How much of the time is known: it may be less than the window, and more by a part of a slot. */
    Duration covered(Duration window) {
        List<Slot> within = within(window);
        return within.isEmpty() ? Duration.ZERO : Duration.between(within.getFirst().from, within.getLast().to);
    }

    int slots() {
        return slots.size();
    }

    private List<Slot> within(Duration window) {
        Slot last = slots.peekLast();
        return last == null
                ? List.of()
                : slots.stream().filter(slot -> slot.to.isAfter(last.to.minus(window))).toList();
    }
}
