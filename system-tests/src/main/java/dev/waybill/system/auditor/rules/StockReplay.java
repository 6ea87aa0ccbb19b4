package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.auditor.evidence.Fact.Movement;
import dev.waybill.system.auditor.evidence.StockBooks.Told;
import dev.waybill.system.auditor.rules.Rule.Objections;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * I1 at all times: what happened to each SKU, told once more from the beginning. First by the ledger: whoever gives pieces back,
 * or takes them away, held just these; and no more comes back than had left. Then by the events: whoever changes a SKU holds its lock until the commit and appends to
 * the outbox just before it, so a SKU's events follow each other as its movements do.
 */
final class StockReplay {

    private StockReplay() {}

    static void ofTheLedger(Evidence evidence, Objections objections) {
        Map<String, Map<String, Integer>> openBySku = new HashMap<>();
        Map<String, Map<String, Integer>> outsideBySku = new HashMap<>();
        Map<String, Integer> reservedBySku = new HashMap<>();
        Set<String> lost = new HashSet<>();
        for (Movement line : evidence.stock().ledger()) {
            String orderId = line.orderId();
            if (orderId == null || lost.contains(line.sku())) {
                continue;
            }
            Map<String, Integer> open = openBySku.computeIfAbsent(line.sku(), sku -> new HashMap<>());
            Map<String, Integer> outside = outsideBySku.computeIfAbsent(line.sku(), sku -> new HashMap<>());
            boolean fits;
            int change;
            switch (line.kind()) {
                case "RESERVE" -> {
                    fits = open.putIfAbsent(orderId, line.quantity()) == null;
                    change = line.quantity();
                }
                case "RESTOCK" -> {
                    fits = outside.merge(orderId, -line.quantity(), Integer::sum) >= 0;
                    change = 0;
                }
                default -> {
                    fits = open.remove(orderId, line.quantity());
                    change = -line.quantity();
                    if (line.kind().equals("COMMIT")) {
                        outside.merge(orderId, line.quantity(), Integer::sum);
                    }
                }
            }
            int reserved = reservedBySku.merge(line.sku(), change, Integer::sum);
            if (!fits || reserved != line.reserved()) {
                objections.about(orderId, "%s at movement %d: %s, but orders held %d in all, and this one %s",
                        line.sku(), line.version(), line, reserved, open.get(orderId));
                // What follows of this SKU would all be wrong by as much.
                lost.add(line.sku());
            }
        }
    }

    static void ofWhatWasTold(Evidence evidence, Objections objections) {
        Map<String, Queue<Movement>> untold = new HashMap<>();
        for (Movement line : evidence.stock().ledger()) {
            if (line.orderId() != null) {
                untold.computeIfAbsent(line.sku(), sku -> new ArrayDeque<>()).add(line);
            }
        }
        Set<String> lost = new HashSet<>();
        Set<String> holding = new HashSet<>();
        Set<String> everHeld = new HashSet<>();
        Set<String> restocked = new HashSet<>();
        for (Told told : evidence.stock().told()) {
            // The same thing told again moves nothing.
            boolean moves = switch (told.kind()) {
                case "RESERVE" -> everHeld.add(told.orderId()) && holding.add(told.orderId());
                case "RESTOCK" -> restocked.add(told.orderId() + " " + told.restock());
                default -> holding.remove(told.orderId());
            };
            for (Line line : moves ? told.lines() : told.lines().subList(0, 0)) {
                Movement next = lost.contains(line.sku())
                        ? null
                        : untold.getOrDefault(line.sku(), new ArrayDeque<>()).poll();
                if (!lost.contains(line.sku()) && (next == null || !isTheSame(told, line, next))) {
                    objections.about(told.orderId(), "outbox row %d tells %s of %s, the ledger's next line is %s",
                            told.row(), told.kind(), line, next);
                    lost.add(line.sku());
                }
            }
        }
        untold.forEach((sku, rest) -> rest.stream()
                .filter(line -> !lost.contains(sku) && !evidence.underWay().contains(String.valueOf(line.orderId())))
                .forEach(line -> objections.about(line.orderId(), "%s was never told", line)));
    }

    private static boolean isTheSame(Told told, Line line, Movement movement) {
        return movement.kind().equals(told.kind()) && movement.quantity() == line.quantity()
                && told.orderId().equals(movement.orderId());
    }
}
