package dev.waybill.console.bulk;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** How far a selection is: how many items have which outcome. */
record Progress(int all, Map<ItemOutcome, Integer> counts) {

    static Progress of(Selection selection, Items items) {
        return of(List.of(selection), items).getFirst();
    }

    /** Of each of them, asked for at once. */
    static List<Progress> of(List<Selection> selections, Items items) {
        Map<UUID, Map<ItemOutcome, Integer>> counts = items.counts(selections.stream().map(Selection::id).toList());
        return selections.stream()
                .map(selection -> new Progress(selection.items(), counts.getOrDefault(selection.id(), Map.of())))
                .toList();
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
