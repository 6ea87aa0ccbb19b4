package dev.waybill.system.auditor.rules;

import dev.waybill.system.auditor.evidence.Dossier;
import dev.waybill.system.auditor.evidence.Evidence;
import dev.waybill.system.auditor.evidence.Fact.Line;
import dev.waybill.system.auditor.evidence.Fact.Movement;
import dev.waybill.system.auditor.evidence.Fact.Reservation;
import dev.waybill.system.auditor.evidence.StockBooks.Item;
import dev.waybill.system.auditor.rules.Rule.Objections;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

/**
 * I1, per SKU: no count below zero; on hand + committed = initial + restocked + adjusted; reserved = the sum of the open
 * reservations. "At all times" is shown by counting the ledger again, line by line; and by {@link StockReplay}, which holds the
 * lines against each other and against what was told.
 */
final class StockRules {

    static final List<Rule> ALL = List.of(
            Rule.ofAll("I1 no count is ever below zero", StockRules::noCountBelowZero),
            Rule.ofAll("I1 the ledger adds up, line by line", StockRules::ledgerAddsUp),
            Rule.ofAll("I1 on hand + committed = initial + restocked + adjusted", StockRules::nothingAppearsOrVanishes),
            Rule.ofAll("I1 reserved is the sum of the open reservations", StockRules::reservedIsWhatIsHeld),
            Rule.ofAll("I1 reserved is what open orders hold, at every line of the ledger", StockReplay::ofTheLedger),
            Rule.ofAll("I1 what is told is what moved, in the same order", StockReplay::ofWhatWasTold),
            Rule.atRest("I1 the ledger shows what the reservations say", StockRules::ledgerShowsReservations));

    private StockRules() {}

    private static void noCountBelowZero(Evidence evidence, Objections objections) {
        for (Item item : evidence.stock().items()) {
            if (item.onHand() < 0 || item.reserved() < 0 || item.reserved() > item.onHand()) {
                objections.overall("%s is oversold: %d on hand, %d reserved", item.sku(), item.onHand(),
                        item.reserved());
            }
        }
        for (Movement line : evidence.stock().ledger()) {
            if (line.onHand() < 0 || line.reserved() < 0 || line.reserved() > line.onHand()) {
                objections.about(line.orderId(), "%s was oversold by movement %d: %d on hand, %d reserved", line.sku(),
                        line.version(), line.onHand(), line.reserved());
            }
        }
    }

    private static void ledgerAddsUp(Evidence evidence, Objections objections) {
        Map<String, List<Movement>> ledgers = ledgers(evidence);
        for (Item item : evidence.stock().items()) {
            Movement last = recount(ledgers.getOrDefault(item.sku(), List.of()), objections);
            if (last == null || last.version() != item.version() || last.onHand() != item.onHand()
                    || last.reserved() != item.reserved()) {
                objections.overall("%s has %d on hand and %d reserved at version %d, its ledger ends with %s",
                        item.sku(),
                        item.onHand(), item.reserved(), item.version(), last);
            }
        }
        Set<String> kept = new HashSet<>(evidence.stock().items().stream().map(Item::sku).toList());
        ledgers.keySet().stream().filter(sku -> !kept.contains(sku))
                .forEach(sku -> objections.overall("%s has a ledger and no stock", sku));
    }

    private static @Nullable Movement recount(List<Movement> ledger, Objections objections) {
        int onHand = 0;
        int reserved = 0;
        long version = 0;
        Movement last = null;
        for (Movement line : ledger) {
            version++;
            onHand += line.quantity() * onHandSign(line.kind());
            reserved += line.quantity() * reservedSign(line.kind());
            if (line.version() != version || line.onHand() != onHand || line.reserved() != reserved) {
                objections.about(line.orderId(), "%s: counted again, movement %d leaves %d on hand and %d reserved, "
                        + "but the ledger says %s", line.sku(), version, onHand, reserved, line);
            }
            // From here on by what the ledger says: one wrong line is one finding.
            version = line.version();
            onHand = line.onHand();
            reserved = line.reserved();
            last = line;
        }
        return last;
    }

    private static void nothingAppearsOrVanishes(Evidence evidence, Objections objections) {
        Map<String, List<Movement>> ledgers = ledgers(evidence);
        for (Item item : evidence.stock().items()) {
            Map<String, Integer> moved = ledgers.getOrDefault(item.sku(), List.of()).stream()
                    .collect(groupingBy(Movement::kind, TreeMap::new, summingInt(Movement::quantity)));
            int came = moved.getOrDefault("INITIAL", 0) + moved.getOrDefault("RESTOCK", 0)
                    + moved.getOrDefault("ADJUST", 0);
            int committed = moved.getOrDefault("COMMIT", 0);
            if (item.onHand() + committed != came) {
                objections.overall("%s: %d on hand + %d committed is not %d, what came in %s", item.sku(),
                        item.onHand(), committed, came, moved);
            }
        }
    }

    private static void reservedIsWhatIsHeld(Evidence evidence, Objections objections) {
        Map<String, Integer> held = new HashMap<>();
        for (Reservation reservation : evidence.stock().held()) {
            for (Line line : reservation.lines()) {
                held.merge(line.sku(), line.quantity(), Integer::sum);
            }
        }
        for (Item item : evidence.stock().items()) {
            int open = held.getOrDefault(item.sku(), 0);
            if (item.reserved() != open) {
                objections.overall("%s: %d reserved, but the open reservations come to %d", item.sku(),
                        item.reserved(), open);
            }
        }
    }

    /** What moved is what the order's reservation has come to, piece by piece. */
    private static void ledgerShowsReservations(Dossier dossier, Objections objections) {
        Map<String, Map<Line, Long>> moved = dossier.movements().stream().collect(groupingBy(Movement::kind,
                groupingBy(line -> new Line(line.sku(), line.quantity()), counting())));
        Reservation reservation = dossier.reservation();
        if (reservation == null) {
            if (!moved.isEmpty()) {
                objections.about(dossier, "has no reservation, the ledger shows %s", moved);
            }
            return;
        }
        Map<Line, Long> lines = reservation.lines().stream().collect(groupingBy(line -> line, counting()));
        Map<String, Map<Line, Long>> expected = switch (reservation.status()) {
            case "HELD" -> Map.of("RESERVE", lines);
            case "COMMITTED" -> reservation.restocked().isEmpty()
                    ? Map.of("RESERVE", lines, "COMMIT", lines)
                    : Map.of("RESERVE", lines, "COMMIT", lines, "RESTOCK",
                            reservation.restocked().stream().collect(groupingBy(line -> line, counting())));
            case "RELEASED" -> lines.isEmpty() ? Map.of() : Map.of("RESERVE", lines, "RELEASE", lines);
            default -> Map.of();
        };
        if (!moved.equals(expected)) {
            objections.about(dossier, "the reservation is %s with %s, the ledger shows %s", reservation.status(),
                    reservation.lines(), moved);
        }
    }

    private static Map<String, List<Movement>> ledgers(Evidence evidence) {
        return evidence.stock().ledger().stream().collect(groupingBy(Movement::sku));
    }

    private static int onHandSign(String kind) {
        return switch (kind) {
            case "INITIAL", "RESTOCK", "ADJUST" -> 1;
            case "COMMIT" -> -1;
            default -> 0;
        };
    }

    private static int reservedSign(String kind) {
        return switch (kind) {
            case "RESERVE" -> 1;
            case "RELEASE", "COMMIT" -> -1;
            default -> 0;
        };
    }
}
