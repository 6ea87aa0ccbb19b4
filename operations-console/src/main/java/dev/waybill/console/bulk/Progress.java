package dev.waybill.console.bulk;

import java.util.Map;
import java.util.stream.Collectors;

/** How far a selection is: how many items have which outcome. */
record Progress(int all, Map<ItemOutcome, Integer> counts) {

    static Progress of(Selection selection, Items items) {
        return new Progress(selection.items(), items.counts(selection.id()));
    }

    int seenTo() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    int left() {
        return all - seenTo();
    }

    /** {@code 7 done, 2 passed over}; nothing yet is said as such. */
    String words() {
        return counts.isEmpty()
                ? "nothing done yet"
                : counts.entrySet().stream().map(count -> count.getValue() + " " + count.getKey().words())
                        .collect(Collectors.joining(", "));
    }
}
